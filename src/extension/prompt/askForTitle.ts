import type { StoredUserTurn } from "../conversation/chatRecord";
import type { TreeTurn } from "../conversation/treeTurn";
import type { Thinking } from "../../protocol/chat/thinking";
import type { LanguageModel } from "../inference/languageModel";
import { titleIn, titleRequest, titleTokens } from "./modelTitle";
import { buildPrompt } from "./promptBuilder";

export interface TitleQuestion {
	readonly systemPrompt: string;
	/** As the conversation has it: a template may write it before all messages. */
	readonly thinking: Thinking;
	/** From the first message to the last answer. */
	readonly path: readonly TreeTurn[];
}

/**
 * Asks the loaded model what a conversation could be called.
 *
 * The request stands behind the whole conversation: what the model's context holds of it is not evaluated again, and is
 * still there for the next message, which has the same beginning. For that reason a conversation that does not fit whole
 * is not asked about.
 *
 * @returns `undefined` if `signal` was aborted, or nothing came that can be a title.
 * @throws {FailureError} if the model's process died.
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
