import { setTimeout } from "node:timers/promises";
import type { AnswerSink, AnswerOptions } from "../../src/inference/engine";
import type { Generated } from "../../src/protocol/inference/inference";
import type { ThinkingAbility } from "../../src/protocol/chat/thinking";
import { countWords, scriptedRest } from "./scriptedAnswers";

/** What the scripted models can do about their thoughts, which they have of "think" alone. */
export const scriptedThinking: ThinkingAbility = {
	kind: "thinks",
	byDefault: true,
	canTurnOff: true,
	canEnd: true,
};

/** Plays the scripted answer to the last message, or the rest of it, with the endings that a model has. */
export async function playAnswer(
	{ messages, maxTokens, thinking = "auto", answerNow }: AnswerOptions,
	contextTokens: number,
	listener: AnswerSink,
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
	let thoughtTokens = 0;
	for (const token of scriptedRest(messages)) {
		if (token.channel === "thought") {
			const isOver =
				thinking === "off" || thoughtTokens === thinking || answerNow?.aborted === true;
			if (isOver) {
				continue;
			}
			thoughtTokens += 1;
		}
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
