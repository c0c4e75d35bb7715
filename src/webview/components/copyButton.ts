import { html } from "lit";
import { t } from "../../wording/localize";
import { customElement, property, state } from "lit/decorators.js";
import { LightElement } from "./lightElement";

const feedbackMs = 1500;

/** Copies the Markdown source of a message, and briefly confirms it. */
@customElement("copy-button")
export class CopyButtonElement extends LightElement {
	@property({ attribute: false }) text = "";
	@state() private isCopied = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
		this.isCopied = false;
	}

	protected override render() {
		return html`<button
			type="button"
			class="icon-button"
			aria-label=${t("Copy")}
			title=${this.isCopied ? t("Copied") : t("Copy")}
			@click=${this.#copy}
		>
			<span
				class="codicon ${this.isCopied ? "codicon-check" : "codicon-copy"}"
				aria-hidden="true"
			></span>
		</button>`;
	}

	readonly #copy = (): void => {
		this.send({ type: "copyText", text: this.text });
		this.isCopied = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.isCopied = false;
		}, feedbackMs);
	};
}
