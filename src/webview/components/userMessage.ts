import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { UserTurn } from "../../protocol/chat";
import "./attachmentChips";
import "./copyButton";
import { LightElement } from "./lightElement";

/** What the user wrote, as it was written, with the code that went along. */
@customElement("user-message")
export class UserMessage extends LightElement {
	@property({ attribute: false }) turn: UserTurn | undefined;

	protected override render() {
		if (!this.turn) {
			return nothing;
		}
		const { text, attachments } = this.turn;
		// The code itself stays with the host: without words, its labels are all that the message says here.
		const copied = text === "" ? attachments.map(({ label }) => label).join("\n") : text;
		return html`<article class="user" aria-label="You">
			<div class="bubble">
				${
					attachments.length > 0
						? html`<attachment-chips .chips=${attachments}></attachment-chips>`
						: nothing
				}
				${text === "" ? nothing : html`<p class="user-text">${text}</p>`}
			</div>
			<div class="message-actions"><copy-button .text=${copied}></copy-button></div>
		</article>`;
	}
}
