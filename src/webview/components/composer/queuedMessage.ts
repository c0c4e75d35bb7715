import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { QueuedMessage as Message } from "../../../protocol/chat/chat";
import { LightElement } from "../lightElement";

declare global {
	interface HTMLElementEventMap {
		/** Returns the waiting message to the composer. */
		"queued-removed": CustomEvent<Message>;
	}
}

/**
 * The message that waits for the end of the running answer. If that answer was stopped or failed, it waits for the
 * user.
 */
@customElement("queued-message")
export class QueuedMessageElement extends LightElement {
	@property({ attribute: false }) message: Message | undefined;
	/** Whether no answer is running, so that it can be sent. */
	@property({ attribute: false }) canSend = false;

	protected override render() {
		const { message } = this;
		if (!message) {
			return nothing;
		}
		const labels = message.attachments.map(({ label }) => label).join(", ");
		return html`<section class="notice queued" aria-label=${t("Waiting message")}>
			<span class="codicon codicon-comment notice-icon" aria-hidden="true"></span>
			<div class="notice-text">
				<p class="queued-label">${t("Waiting")}</p>
				${message.text === "" ? nothing : html`<p class="queued-text" dir="auto">${message.text}</p>`}
				${labels === "" ? nothing : html`<p class="queued-code">${t("With {0}", labels)}</p>`}
			</div>
			<div class="buttons">
				${
					this.canSend
						? html`<vscode-button
								@click=${() => {
									this.send({ type: "sendQueued" });
								}}
								>${t("Send Now")}</vscode-button
							>`
						: nothing
				}
				<vscode-button
					secondary
					title=${t("Put the message back into the textbox")}
					@click=${() => {
						this.dispatchEvent(
							new CustomEvent("queued-removed", { detail: message, bubbles: true }),
						);
					}}
					>${t("Remove")}</vscode-button
				>
			</div>
		</section>`;
	}
}
