import { html, nothing } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property, state } from "lit/decorators.js";
import type { TurnId } from "../../../protocol/chat/ids";
import { formatCount } from "../../../wording/format";
import { LightElement } from "../lightElement";

/** The thoughts of a reasoning model, collapsed. While the model thinks, a button asks it to answer now. */
@customElement("thinking-block")
export class ThinkingBlockElement extends LightElement {
	@property({ attribute: false }) text = "";
	/** `undefined` while the model thinks, or if thinking was interrupted. */
	@property({ attribute: false }) durationMs: number | undefined;
	@property({ attribute: false }) isRunning = false;
	/** The answer whose thinking can be ended now; `undefined` if it cannot. */
	@property({ attribute: false }) endableId: TurnId | undefined;
	/** The answer that was asked to end its thinking. */
	@state() private endedId: TurnId | undefined;

	protected override willUpdate(): void {
		if (this.endableId === undefined) {
			this.endedId = undefined;
		}
	}

	protected override render() {
		return html`<details class="thinking">
				<summary>${this.#summary()}</summary>
				<div class="thinking-text" dir="auto">${this.text}</div>
			</details>
			${this.endableId === undefined || this.durationMs !== undefined ? nothing : this.#renderAnswerNow(this.endableId)}`;
	}

	#renderAnswerNow(answerId: TurnId) {
		return html`<button
			type="button"
			class="link"
			title=${t("End the thought and begin the answer")}
			?disabled=${this.endedId === answerId}
			@click=${() => {
				this.endedId = answerId;
				this.send({ type: "answerNow", answerId });
			}}
		>
			${t("Answer Now")}
		</button>`;
	}

	#summary(): string {
		if (this.durationMs !== undefined) {
			const seconds = Math.max(1, Math.round(this.durationMs / 1000));
			return t("Thought for {0} s", formatCount(seconds));
		}
		return this.isRunning ? t("Thinking…") : t("Thinking, interrupted");
	}
}
