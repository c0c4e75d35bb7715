import { html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../protocol/format";
import { LightElement } from "./lightElement";

/** What a reasoning model thought before it answered, folded away. */
@customElement("thinking-block")
export class ThinkingBlock extends LightElement {
	@property({ attribute: false }) text = "";
	/** `undefined` while it thinks, or when it was interrupted. */
	@property({ attribute: false }) durationMs: number | undefined;
	@property({ attribute: false }) isRunning = false;

	protected override render() {
		return html`<details class="thinking">
			<summary>${this.#summary()}</summary>
			<div class="thinking-text">${this.text}</div>
		</details>`;
	}

	#summary(): string {
		if (this.durationMs !== undefined) {
			return `Thought for ${formatCount(Math.max(1, Math.round(this.durationMs / 1000)))} s`;
		}
		return this.isRunning ? "Thinking…" : "Thinking, interrupted";
	}
}
