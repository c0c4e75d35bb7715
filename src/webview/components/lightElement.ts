import { LitElement } from "lit";
import type { ChatIntent } from "../../protocol/chat/chatIntent";

declare global {
	interface HTMLElementEventMap {
		/** Something the user did; `<chat-app>` sends it to the host. */
		"chat-intent": CustomEvent<ChatIntent>;
	}
}

/** An element without a shadow: one style sheet for the page, text selected across messages, codicon classes. */
export abstract class LightElement extends LitElement {
	/** Tells `<chat-app>` what the user did. */
	protected send(intent: ChatIntent): void {
		this.dispatchEvent(
			new CustomEvent<ChatIntent>("chat-intent", { detail: intent, bubbles: true }),
		);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}
}
