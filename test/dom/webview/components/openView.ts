import assert from "node:assert/strict";
import type { ChatState } from "../../../../src/protocol/chat/chat";
import { ChatReplica } from "../../../../src/webview/state/chatReplica";
import "../../../../src/webview/components/chatApp";
import type { ChatAppElement } from "../../../../src/webview/components/chatApp";
import type { ViewState } from "../../../../src/webview/state/viewState";
import { chatState } from "../../../support/view/chatStates";
import { FakeHostPort } from "../../../support/view/fakeHostPort";

/** A chat view in a page, with the host in the test's hands. */
export interface OpenView {
	readonly port: FakeHostPort;
	readonly app: ChatAppElement;
	readonly textbox: HTMLTextAreaElement;
	/** @throws {Error} if there is no such element. */
	find(selector: string): HTMLElement;
	/** Returns the button with this accessible name. @throws {Error} if it does not exist */
	button(name: string): HTMLElement;
	/** Types into the textbox as a person does: the text changes before the view receives the event. */
	type(text: string): Promise<void>;
	/** Presses a key in an element, by default the textbox. Returns whether the browser's default action remains. */
	press(key: string, how?: KeyboardEventInit, where?: Element): Promise<boolean>;
	click(element: HTMLElement): Promise<void>;
	/** Returns the last announcement to screen readers. */
	heard(): string | undefined;
	/** Waits until the view has drawn everything that it received. */
	drawn(): Promise<void>;
}

/**
 * Opens a view in the page, in place of the previous one.
 *
 * @param chat the first snapshot
 * @param kept the state that an earlier page of the view saved
 */
export async function openView(chat: ChatState = chatState(), kept?: ViewState): Promise<OpenView> {
	const view = await openLoadingView(kept);
	view.port.snapshot(chat);
	await view.drawn();
	return view;
}

/** Opens a view whose conversation is still loading: the test sends the first snapshot. */
export async function openLoadingView(kept?: ViewState): Promise<OpenView> {
	const port = new FakeHostPort(kept);
	const app = document.createElement("chat-app");
	document.body.replaceChildren(app);
	await app.updateComplete;
	app.connect(port, new ChatReplica(port, () => 0));
	await drawn();

	const find = (selector: string): HTMLElement => {
		const found = app.querySelector<HTMLElement>(selector);
		assert.ok(found, `no ${selector}`);
		return found;
	};
	const textbox = find('textarea[aria-label="Message"]') as HTMLTextAreaElement;
	return {
		port,
		app,
		textbox,
		find,
		button: (name) => {
			const found = [...app.querySelectorAll<HTMLElement>("button, vscode-button")].find(
				(button) => nameOf(button) === name,
			);
			assert.ok(found, `no button ${name}`);
			return found;
		},
		type: async (text) => {
			textbox.value = text;
			textbox.dispatchEvent(new InputEvent("input", { bubbles: true }));
			await drawn();
		},
		press: async (key, how = {}, where = textbox) => {
			const event = new KeyboardEvent("keydown", {
				key,
				bubbles: true,
				cancelable: true,
				...how,
			});
			const isLeftAlone = where.dispatchEvent(event);
			await drawn();
			return isLeftAlone;
		},
		click: async (element) => {
			element.click();
			await drawn();
		},
		heard: () => app.querySelector("[aria-live='polite'] > :last-child")?.textContent,
		drawn,
	};
}

// Timers of the last view, such as the clock of an answer, would keep the test process from exiting.
after(() => {
	document.body.replaceChildren();
});

function nameOf(button: Element): string {
	return button.getAttribute("aria-label") ?? button.textContent.trim();
}

/** Waits for a frame. Lit draws in microtasks, and Markdown in the next frame: both are done when that frame ends. */
function drawn(): Promise<void> {
	return new Promise((resolve) => {
		requestAnimationFrame(() => {
			setTimeout(resolve);
		});
	});
}
