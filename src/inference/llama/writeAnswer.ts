import type { Token } from "node-llama-cpp";
import type { Generated } from "../../protocol/inference/inference";
import type { AnswerSink, AnswerOptions } from "../engine";
import { AnswerReader, type AnswerPiece } from "../template/answerReader";
import type { AnswerClock } from "../pace/answerClock";
import { AnswerText } from "./answerText";
import type { ChatModel, RenderedPrompt } from "./chatModel";

/** How an answer ends that the model ends, or that may have no more tokens. */
type Ending = Exclude<Generated["ending"], "stopped">;

/** Tokens that an answer may have, and how it ends with them. */
export interface AnswerLimit {
	readonly tokens: number;
	readonly by: Ending;
}

/**
 * Has the model write behind a prompt of which the context holds all but the last token, until it ends its turn. A
 * thought is ended in its place when the budget is used up, or the answer is asked for now.
 *
 * @returns how it ended; `undefined` if aborted.
 */
export async function writeAnswer(
	chat: ChatModel,
	prompt: RenderedPrompt,
	limit: AnswerLimit,
	{
		temperature,
		thinking,
		answerNow,
	}: Pick<AnswerOptions, "temperature" | "thinking" | "answerNow">,
	clock: AnswerClock,
	listener: AnswerSink,
	signal: AbortSignal,
): Promise<Ending | undefined> {
	const { model, sequence } = chat;
	const reader = new AnswerReader(chat.marks, prompt.writes, prompt.begun);
	const text = new AnswerText(model);
	let untoldTokens = 0;
	const tell = (pieces: readonly AnswerPiece[]): void => {
		for (const piece of pieces) {
			listener.onText(piece.channel, piece.text, untoldTokens);
			untoldTokens = 0;
		}
	};
	const budgetTokens = typeof thinking === "number" ? thinking : Infinity;
	let thoughtTokens = prompt.writes === "thought" ? chat.wordTokens(prompt.begun).length : 0;
	/** Of what follows the prompt: those that the model wrote, and those that were put in its place. */
	let writtenTokens = 0;
	let next = prompt.tokens.slice(-1);
	if (answerNow?.aborted === true || thoughtTokens >= budgetTokens) {
		const skipped = chat.skippedThought(prompt.writes);
		if (skipped.length > 0) {
			tell(reader.endThought());
			writtenTokens += skipped.length;
			next = [...next, ...skipped];
		}
	}
	const answer = sequence.evaluate([...next], {
		temperature,
		yieldEogToken: true,
		contextShift: { strategy: neverShift },
	});
	let replacement: Token[] | undefined;
	let isFirst = true;
	try {
		while (writtenTokens < limit.tokens) {
			const { value: token, done } = await answer.next(replacement);
			replacement = undefined;
			if (done === true) {
				throw new Error("The model gave no token.");
			}
			if (isFirst) {
				isFirst = false;
				// Where a sequence can go back to marks alone, the next prompt goes back to this one.
				await sequence.takeCheckpoint();
			}
			const special = chat.specialText(token);
			if (model.isEogToken(token) || (special !== undefined && reader.isTurnEnd(special))) {
				tell(reader.end());
				return "complete";
			}
			clock.tokensCame(1);
			writtenTokens += 1;
			untoldTokens += 1;
			tell(reader.push({ text: text.next(token), special }));
			if (signal.aborted) {
				tell(reader.stop());
				return undefined;
			}
			thoughtTokens += reader.isThinking ? 1 : 0;
			if (reader.isThinking && (answerNow?.aborted === true || thoughtTokens >= budgetTokens)) {
				const close = chat.markTokens(reader.thoughtClose);
				tell(reader.endThought());
				writtenTokens += close.length;
				replacement = [token, ...close];
			}
		}
		tell(reader.end());
		return limit.by;
	} finally {
		await answer.return();
		void sequence.takeCheckpoint();
	}
}

/** Not reached while the limit counts right: a context that forgets its beginning tells nobody. */
function neverShift(): never {
	throw new Error("The context is full.");
}
