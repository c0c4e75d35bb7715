import type { Token } from "node-llama-cpp";
import type { Generated } from "../../protocol/inference/inference";
import type { AnswerSink, AnswerOptions } from "../engine";
import { AnswerReader, type AnswerPiece } from "../template/answerReader";
import type { AnswerClock } from "../pace/answerClock";
import { AnswerText } from "./answerText";
import type { ChatModel, RenderedPrompt } from "./chatModel";

/** Endings by the model, or by the limit on tokens. */
type Ending = Exclude<Generated["ending"], "stopped">;

/** The most tokens of an answer, and the ending when that limit is reached. */
export interface AnswerLimit {
	readonly tokens: number;
	readonly by: Ending;
}

/**
 * Generates an answer until the model ends its turn. The context must hold all of the prompt but its last token. Ends a
 * thought on the model's behalf when its budget is used up, or when the user asks for the answer now.
 *
 * @returns how the answer ended; `undefined` if aborted
 */
// eslint-disable-next-line max-lines-per-function -- the decode loop shares its counters, without an allocation per token
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
	/** Tokens after the prompt: those that the model wrote, and those inserted on its behalf. */
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
				// If the sequence can only return to checkpoints, the next prompt returns to this one.
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

/**
 * Unreachable while the limit is correct. Throws, since a context that silently drops its beginning would go unnoticed.
 */
function neverShift(): never {
	throw new Error("The context is full.");
}
