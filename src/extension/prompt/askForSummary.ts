import type { StoredUserTurn } from "../conversation/chatRecord";
import type { TreeTurn } from "../conversation/treeTurn";
import type { Thinking } from "../../protocol/chat/thinking";
import type { LanguageModel } from "../inference/languageModel";
import { buildPrompt } from "./promptBuilder";

/** The message that asks for the summary, after the conversation. */
export const summaryRequest =
	"Summarize our conversation so that we can go on from the summary alone: what I asked for, what was found and decided, names, code and figures that matter, and what is still open.";

/** The longest summary, in tokens: about a page. */
const summaryTokens = 600;

export interface SummaryQuestion {
	readonly systemPrompt: string;
	/** The setting of the conversation, because a template may put it before all messages. */
	readonly thinking: Thinking;
	/** All turns, from the first message to the last answer. */
	readonly path: readonly TreeTurn[];
}

/** Receives the progress of a summary. */
export interface SummaryListener {
	/** @param fraction how much of the conversation the model has read, from 0 to 1 */
	onRead(fraction: number): void;
	/** @param words the number of words so far */
	onWritten(words: number): void;
}

/**
 * Asks the model to summarize a conversation, or as much of its end as fits into the context. Loads the model if needed.
 *
 * @returns the summary; `undefined` if `signal` was aborted, no model was loaded, or the model wrote nothing
 * @throws {FailureError} if the model cannot be loaded, or its process ended
 */
export async function askForSummary(
	languageModel: Pick<LanguageModel, "prepare" | "generate">,
	{ systemPrompt, thinking, path }: SummaryQuestion,
	listener: SummaryListener,
	signal: AbortSignal,
): Promise<string | undefined> {
	const request: StoredUserTurn = {
		role: "user",
		id: "summary",
		sentAtMs: 0,
		text: summaryRequest,
		attachments: [],
	};
	const prompt = buildPrompt(systemPrompt, [...path, request]);
	const answerNow = AbortSignal.abort();
	const options = { maxTokens: summaryTokens, temperature: 0, thinking, answerNow };
	if (!(await languageModel.prepare(signal))) {
		return undefined;
	}
	let summary = "";
	const { ending } = await languageModel.generate(
		prompt.messages,
		options,
		{
			onPrefill: (doneTokens, totalTokens) => {
				listener.onRead(doneTokens / Math.max(1, totalTokens));
			},
			onText: (channel, text) => {
				summary += channel === "reply" ? text : "";
				listener.onWritten(summary.match(/\S+/gu)?.length ?? 0);
			},
		},
		signal,
	);
	return ending === "stopped" || summary.trim() === "" ? undefined : summary.trim();
}
