import { html, nothing } from "lit";
import { t } from "../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import { newChatTitle } from "../../wording/describeChat";
import { iconButton } from "./iconButton";
import { LightElement } from "./lightElement";

/** What the conversation is called, and the ways to another one. A click anywhere on the title changes it. */
@customElement("chat-header")
export class ChatHeaderElement extends LightElement {
	/** Empty while nothing was said. */
	@property({ attribute: false }) chatTitle = "";
	@property({ attribute: false }) canRename = false;

	protected override render() {
		const title = this.chatTitle || newChatTitle();
		return html`<div class="chat-header">
			<div class="title-line">
				<h1 class="chat-title" dir="auto" title=${title}>${title}</h1>
				${this.canRename && this.chatTitle !== "" ? this.#renderRename(title) : nothing}
			</div>
			${iconButton("add", t("New Chat"), t("New Chat"), () => {
				this.send({ type: "newChat" });
			})}
			${iconButton("history", t("History"), t("Show the history of chats"), () => {
				this.send({ type: "showHistory" });
			})}
		</div>`;
	}

	/** Beside the title, not around it: what a button contains is no heading. */
	#renderRename(title: string) {
		return html`<button
			type="button"
			class="rename-button"
			aria-label=${t("Rename Chat")}
			title=${t("Rename Chat: {0}", title)}
			@click=${() => {
				this.send({ type: "renameChat" });
			}}
		>
			<span class="codicon codicon-edit" aria-hidden="true"></span>
		</button>`;
	}
}
