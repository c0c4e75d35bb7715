import { LitElement } from "lit";
import type { ChatIntent } from "../../protocol/chat/chatIntent";

declare global {
	interface HTMLElementEventMap {
		/** An action of the user; `<chat-app>` sends it to the host. */
		"chat-intent": CustomEvent<ChatIntent>;
	}
}

/**
 * An element without a shadow root, so that the page has one style sheet, text can be selected across messages, and
 * codicon classes work.
 */
export abstract class LightElement extends LitElement {
	/** Reports an action of the user to `<chat-app>`. */
	protected send(intent: ChatIntent): void {
		this.dispatchEvent(
			new CustomEvent<ChatIntent>("chat-intent", { detail: intent, bubbles: true }),
		);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}
}
