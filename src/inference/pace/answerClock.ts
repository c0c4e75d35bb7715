import type { AnswerStats } from "../../protocol/chat/chat";

/** Measures the time of one answer, from the request on. */
export class AnswerClock {
	readonly #startedAt = performance.now();
	#promptReadAt = this.#startedAt;
	#firstAt: number | undefined;
	#lastAt = 0;
	#answerTokens = 0;

	get hasTokens(): boolean {
		return this.#answerTokens > 0;
	}

	promptRead(): void {
		this.#promptReadAt = performance.now();
	}

	tokensCame(count: number): void {
		if (count > 0) {
			this.#lastAt = performance.now();
			this.#firstAt ??= this.#lastAt;
			this.#answerTokens += count;
		}
	}

	stats(promptTokens: number, evaluatedTokens: number): AnswerStats {
		const firstAt = this.#firstAt ?? performance.now();
		return {
			promptTokens,
			evaluatedTokens,
			answerTokens: this.#answerTokens,
			firstTokenMs: Math.round(firstAt - this.#startedAt),
			decodeMs: Math.round(Math.max(0, this.#lastAt - this.#promptReadAt)),
		};
	}
}
