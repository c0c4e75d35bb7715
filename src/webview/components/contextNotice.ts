import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { AttachmentChip, ChatState } from "../../protocol/chat";
import type { ChatIntent } from "../../protocol/chatIntent";
import { isNearlyFull } from "../../protocol/contextUse";
import { isAtRest } from "../atRest";
import { describeFullness } from "../contextWording";
import { iconButton } from "./iconButton";
import { LightElement } from "./lightElement";

/** That the context is nearly full, and what can be done. */
@customElement("context-notice")
export class ContextNotice extends LightElement {
	@property({ attribute: false }) chat: ChatState | undefined;
	/** The conversation in which a person has read it, until there is room again. */
	@state() private readIn: string | undefined;

	protected override willUpdate(changed: PropertyValues<this>): void {
		const use = this.chat?.contextUse;
		if (changed.has("chat") && use && !isNearlyFull(use)) {
			this.readIn = undefined;
		}
	}

	protected override render() {
		const { chat } = this;
		const use = chat?.contextUse;
		if (!chat || !use || !isNearlyFull(use) || !isAtRest(chat) || this.readIn === chat.chatId) {
			return nothing;
		}
		const longest = chat.attachments.find(({ id }) => id === use.longestAttachmentId);
		return html`<section class="notice context-notice" aria-label="Context nearly full">
			<span class="codicon codicon-warning notice-icon warning" aria-hidden="true"></span>
			<p class="notice-text">${describeFullness(use)}</p>
			${iconButton("close", "Dismiss", "Dismiss", () => {
				this.readIn = chat.chatId;
			})}
			<div class="buttons">
				${longest ? this.#renderRemove(longest) : nothing}
				${
					use.contextTokens < use.trainedContextTokens
						? this.#renderButton("Larger Context…", { type: "enlargeContext" })
						: nothing
				}
				${
					chat.turns.length > 0
						? this.#renderButton("New Chat with Summary", { type: "summarize" })
						: nothing
				}
			</div>
		</section>`;
	}

	#renderRemove({ id, label }: AttachmentChip) {
		return this.#renderButton(`Remove ${label}`, { type: "removeAttachment", attachmentId: id });
	}

	#renderButton(label: string, intent: ChatIntent) {
		return html`<vscode-button
			secondary
			@click=${() => {
				this.send(intent);
			}}
			>${label}</vscode-button
		>`;
	}
}
