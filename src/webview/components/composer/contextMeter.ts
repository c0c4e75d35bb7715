import { html, nothing, svg } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property, state } from "lit/decorators.js";
import { isNearlyFull, type ContextUse } from "../../../protocol/chat/contextUse";
import { formatCount, formatPercent } from "../../../wording/format";
import { contextRows, describeUse, usedFraction } from "../../wording/contextWording";
import { LightElement } from "../lightElement";

/** The length of the ring's path is set to its circumference, so that a dash length is a percentage. */
const whole = 100;

/** Shows how much of the model's context is used, and by what. */
@customElement("context-meter")
export class ContextMeterElement extends LightElement {
	/** `undefined` while no model is loaded that could count tokens. */
	@property({ attribute: false }) use: ContextUse | undefined;
	@state() private isOpen = false;

	protected override render() {
		const { use } = this;
		if (!use) {
			return nothing;
		}
		const percent = Math.round(whole * usedFraction(use));
		const shown = formatPercent(percent / whole);
		const rows = contextRows(use);
		const used = t("Context {0}: {1}", shown, describeUse(use));
		const lines = rows.map(({ label, tokens }) => t("{0}: {1}", label, formatCount(tokens)));
		return html`<button
				type="button"
				class="context-button ${isNearlyFull(use) ? "nearly-full" : ""}"
				aria-label=${used}
				aria-expanded=${this.isOpen}
				title=${[used, ...lines].join("\n")}
				@click=${() => {
					this.isOpen = !this.isOpen;
				}}
				@keydown=${this.#keyDown}
			>
				<svg class="context-ring" viewBox="0 0 16 16" aria-hidden="true">
					${svg`<circle class="context-all" cx="8" cy="8" r="6" />
						<circle class="context-used" cx="8" cy="8" r="6" pathLength=${whole}
							stroke-dasharray="${percent} ${whole}" transform="rotate(-90 8 8)" />`}
				</svg>
				<span class="context-percent" aria-hidden="true">${shown}</span>
			</button>
			${
				this.isOpen
					? html`<dl class="context-rows" aria-label=${t("Tokens of the context")}>
							${rows.map(
								({ label, tokens }) =>
									html`<div class="context-row">
										<dt>${label}</dt>
										<dd>${formatCount(tokens)}</dd>
									</div>`,
							)}
						</dl>`
					: nothing
			}`;
	}

	readonly #keyDown = (event: KeyboardEvent): void => {
		if (event.key === "Escape" && this.isOpen) {
			this.isOpen = false;
			// Otherwise the same key press would also stop the answer.
			event.stopPropagation();
		}
	};
}
