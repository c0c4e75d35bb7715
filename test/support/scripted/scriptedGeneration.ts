import { setTimeout } from "node:timers/promises";
import type { AnswerSink, AnswerOptions } from "../../../src/inference/engine";
import { keptPart, trimPrompt, type ContextSize } from "../../../src/inference/trimPrompt";
import type {
	Generated,
	PromptMessages,
	TrimmedPrompt,
} from "../../../src/protocol/inference/inference";
import type { ThinkingAbility } from "../../../src/protocol/chat/thinking";
import { countWords, scriptedRest } from "./scriptedAnswers";

/** The thinking abilities of the scripted models. Only "think" produces thoughts. */
export const scriptedThinking: ThinkingAbility = {
	kind: "thinks",
	byDefault: true,
	canTurnOff: true,
	canEnd: true,
};

/** Returns the part of a conversation that is kept if every word is a token. */
export function trimByWords(
	messages: PromptMessages,
	maxTokens: number,
	size: ContextSize,
): TrimmedPrompt {
	const render = (kept: PromptMessages) => ({ tokens: { length: countWords(kept) } });
	return trimPrompt(messages, maxTokens, size, render).trim;
}

/** Plays the scripted answer to the last message, or the rest of it, with all endings that a model has. */
export async function playAnswer(
	{ messages, maxTokens, thinking = "auto", answerNow, onlyWhole }: AnswerOptions,
	size: ContextSize,
	listener: AnswerSink,
	signal: AbortSignal,
): Promise<Generated> {
	const trim = trimByWords(messages, maxTokens, size);
	const { promptTokens, contextTokens } = trim;
	const isAborted = (): boolean => signal.aborted;
	if (isAborted() || (onlyWhole === true && keptPart(messages, trim).length < messages.length)) {
		return { ending: "stopped", stats: undefined };
	}
	listener.onTrimmed(trim);
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
	listener.onPrefill(0, promptTokens);
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
		// The signal ends this timer at once. Being stopped is a normal ending here.
		await setTimeout(token.afterMs, undefined, { signal }).catch(() => undefined);
		if (isAborted()) {
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
