import { html, nothing } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property, state } from "lit/decorators.js";
import "../copyButton";
import { LightElement } from "../lightElement";

/** A longer system prompt, or one of several lines, is collapsed to its first line. */
const briefLength = 80;

/** The system prompt, as the first message of the log. */
@customElement("system-message")
export class SystemMessageElement extends LightElement {
	@property({ attribute: false }) text = "";
	@state() private isExpanded = false;

	protected override render() {
		const isLong = this.text.length > briefLength || this.text.includes("\n");
		if (this.text.trim() === "") {
			return nothing;
		}
		const looks = isLong && !this.isExpanded ? "collapsed" : "";
		return html`<article class="system" aria-label=${t("System")}>
			<p class="system-text ${looks}" dir="auto">${this.text}</p>
			${
				isLong
					? html`<button
							type="button"
							class="link"
							aria-expanded=${this.isExpanded ? "true" : "false"}
							@click=${this.#toggle}
						>
							${this.isExpanded ? t("Show less") : t("Show all")}
						</button>`
					: nothing
			}
			<span class="message-actions"><copy-button .text=${this.text}></copy-button></span>
		</article>`;
	}

	readonly #toggle = (): void => {
		this.isExpanded = !this.isExpanded;
	};
}
