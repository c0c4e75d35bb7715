import { setTimeout } from "node:timers/promises";
import type { AnswerListener, AnswerOptions } from "../../src/inference/engine";
import type { Generated } from "../../src/protocol/inference";
import { countWords, scriptedRest } from "./scriptedAnswers";

/** Plays the scripted answer to the last message, or the rest of it, with the endings that a model has. */
export async function playAnswer(
	{ messages, maxTokens }: AnswerOptions,
	contextTokens: number,
	listener: AnswerListener,
	signal: AbortSignal,
): Promise<Generated> {
	const promptTokens = countWords(messages);
	const limit = Math.min(maxTokens, contextTokens - promptTokens);
	const startedAt = performance.now();
	let firstAt: number | undefined;
	let answerTokens = 0;
	const generated = (ending: Generated["ending"]): Generated => {
		const stats = {
			promptTokens,
			evaluatedTokens: promptTokens,
			answerTokens,
			firstTokenMs: (firstAt ?? startedAt) - startedAt,
			decodeMs: performance.now() - startedAt,
		};
		return { ending, stats: answerTokens > 0 || ending !== "stopped" ? stats : undefined };
	};
	if (!signal.aborted) {
		listener.onPrefill(0, promptTokens);
	}
	for (const token of scriptedRest(messages)) {
		// A timer that the signal ends at once; being stopped is an ending here.
		await setTimeout(token.afterMs, undefined, { signal }).catch(() => undefined);
		if (signal.aborted) {
			return generated("stopped");
		}
		if (answerTokens === limit) {
			return generated(limit === maxTokens ? "maxTokens" : "contextFull");
		}
		firstAt ??= performance.now();
		answerTokens += 1;
		listener.onText(token.channel, token.text, 1);
	}
	return generated("complete");
}
