import { html, nothing, type PropertyValues } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import type { AnswerProgress as Progress } from "../../../protocol/chat/chat";
import type { ModelStatus } from "../../../protocol/inference/model";
import { readingTime, type ReadingMark, type ReadingTime } from "../../announce/readingTime";
import { describeProgress } from "../../wording/wording";
import { LightElement } from "../lightElement";

/** Shows the progress of an answer that is not visibly growing. */
@customElement("answer-progress")
export class AnswerProgressElement extends LightElement {
	@property({ attribute: false }) progress: Progress = { kind: "preparing" };
	@property({ attribute: false }) model: ModelStatus | undefined;
	/** In epoch milliseconds. */
	@property({ attribute: false }) startedAtMs = 0;
	/**
	 * Whether to show the elapsed time while the answer is written, because nothing else changes until it is complete.
	 */
	@property({ attribute: false }) showsElapsed = false;

	#timer: ReturnType<typeof setInterval> | undefined;
	/** The first progress report of this prompt. */
	#firstMark: ReadingMark | undefined;
	#reading: ReadingTime | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.#timer = setInterval(() => {
			if (this.showsElapsed) {
				this.requestUpdate();
			}
		}, 1000);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.#timer);
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("progress")) {
			return;
		}
		if (this.progress.kind !== "prefill") {
			this.#firstMark = undefined;
			this.#reading = undefined;
			return;
		}
		const { doneTokens, totalTokens } = this.progress;
		const mark = { atMs: Date.now(), doneTokens };
		this.#firstMark ??= mark;
		this.#reading = readingTime(this.#firstMark, mark, totalTokens);
	}

	protected override render() {
		if (!this.model) {
			return nothing;
		}
		const elapsedSeconds = this.showsElapsed
			? Math.max(0, Math.floor((Date.now() - this.startedAtMs) / 1000))
			: undefined;
		return html`<p class="answer-progress">
			<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
			<span>${describeProgress(this.progress, this.model, elapsedSeconds, this.#reading)}</span>
			${
				this.progress.kind === "preparing" && this.model.kind === "downloading"
					? html`<button
							type="button"
							class="link"
							@click=${() => {
								this.send({ type: "stop" });
							}}
						>
							${t("Cancel Download")}
						</button>`
					: nothing
			}
		</p>`;
	}
}
