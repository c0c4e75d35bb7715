import { html, nothing } from "lit";
import { t } from "../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import { newChatTitle } from "../../wording/describeChat";
import { iconButton } from "./iconButton";
import { LightElement } from "./lightElement";

/** The title of the conversation, and the buttons to open others. A click on the title renames it. */
@customElement("chat-header")
export class ChatHeaderElement extends LightElement {
	/** Empty for a conversation without messages. */
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

	/** The button is next to the title, because a heading inside a button is not announced as a heading. */
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
