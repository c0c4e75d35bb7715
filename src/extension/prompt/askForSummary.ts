import type { StoredUserTurn } from "../conversation/chatRecord";
import type { TreeTurn } from "../conversation/treeTurn";
import type { Thinking } from "../../protocol/chat/thinking";
import type { LanguageModel } from "../inference/languageModel";
import { buildPrompt } from "./promptBuilder";

/** What the model is asked for behind the conversation. */
export const summaryRequest =
	"Summarize our conversation so that we can go on from the summary alone: what I asked for, what was found and decided, names, code and figures that matter, and what is still open.";

/** Tokens that a summary may have: about a page. */
const summaryTokens = 600;

export interface SummaryQuestion {
	readonly systemPrompt: string;
	/** As the conversation has it: a template may write it before all messages. */
	readonly thinking: Thinking;
	/** From the first message to the last answer. */
	readonly path: readonly TreeTurn[];
}

/** Hears how far the summary is. */
export interface SummaryListener {
	/** @param fraction of the conversation that the model has read, 0 to 1 */
	onRead(fraction: number): void;
	/** @param words that the summary has by now */
	onWritten(words: number): void;
}

/**
 * Has the model summarize a conversation, or as much of its end as the context holds.
 *
 * @returns `undefined` if `signal` was aborted, no model is there, or nothing came.
 * @throws {FailureError} if the model cannot be had, or its process died.
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
