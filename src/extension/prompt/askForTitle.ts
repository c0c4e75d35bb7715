import type { StoredUserTurn } from "../conversation/chatRecord";
import type { TreeTurn } from "../conversation/treeTurn";
import type { Thinking } from "../../protocol/chat/thinking";
import type { LanguageModel } from "../inference/languageModel";
import { titleIn, titleRequest, titleTokens } from "./modelTitle";
import { buildPrompt } from "./promptBuilder";

export interface TitleQuestion {
	readonly systemPrompt: string;
	/** The setting of the conversation, because a template may put it before all messages. */
	readonly thinking: Thinking;
	/** All turns, from the first message to the last answer. */
	readonly path: readonly TreeTurn[];
}

/**
 * Asks the loaded model for a title of a conversation.
 *
 * The request follows the whole conversation, so that the part that is already in the context is not evaluated again and
 * stays there for the next message. Therefore, no title is requested for a conversation that does not fit completely.
 *
 * @returns the title; `undefined` if `signal` was aborted, or the model wrote no usable title
 * @throws {FailureError} if the process of the model ended
 */
export async function askForTitle(
	languageModel: Pick<LanguageModel, "generate">,
	{ systemPrompt, thinking, path }: TitleQuestion,
	signal: AbortSignal,
): Promise<string | undefined> {
	const request: StoredUserTurn = {
		role: "user",
		id: "title",
		sentAtMs: 0,
		text: titleRequest,
		attachments: [],
	};
	const prompt = buildPrompt(systemPrompt, [...path, request]);
	const answerNow = AbortSignal.abort();
	const options = {
		maxTokens: titleTokens,
		temperature: 0,
		thinking,
		answerNow,
		onlyWhole: true,
	};
	let said = "";
	const listener = {
		onPrefill: () => undefined,
		onText: (channel: string, text: string) => {
			said += channel === "reply" ? text : "";
		},
	};
	const { ending } = await languageModel.generate(prompt.messages, options, listener, signal);
	const answers = path.flatMap((turn) => (turn.role === "assistant" ? [turn.reply] : []));
	return ending === "complete" ? titleIn(said, answers) : undefined;
}
