import { commands, type WebviewView } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { waitAtMost } from "../base/waitAtMost";
import { focusChatView } from "./chatPlaces";
import { connectChatWebview, type ChatViewParts } from "./chatWebview";
import type { ViewChannel } from "./viewChannel";

/** How long VS Code shows at most that the view is on its way. */
const openingLimitMs = 30_000;

/** The chat in the side bar. VS Code may resolve the view again; each time gets a channel of its own. */
export class ChatViewProvider implements Disposable {
	readonly #parts: ChatViewParts;
	#resolved: { readonly channel: ViewChannel; readonly owned: DisposableStore } | undefined;
	#focusWhenResolved = false;

	constructor(parts: ChatViewParts) {
		this.#parts = parts;
	}

	/** Whether the view's page listens. */
	get isLive(): boolean {
		return this.#resolved?.channel.isLive ?? false;
	}

	/** Settles when the page listens, or takes too long: until then VS Code shows that something is on its way. */
	resolveWebviewView(view: WebviewView): Promise<void> {
		this.#resolved?.owned.dispose();
		const owned = new DisposableStore();
		const channel = owned.own(connectChatWebview(view.webview, this.#parts));
		const resolved = { channel, owned };
		this.#resolved = resolved;
		owned.own(
			view.onDidChangeVisibility(() => {
				if (!view.visible) {
					channel.pause();
				}
			}),
		);
		owned.own(
			view.onDidDispose(() => {
				owned.dispose();
				if (this.#resolved === resolved) {
					this.#resolved = undefined;
				}
			}),
		);
		if (this.#focusWhenResolved) {
			this.#focusWhenResolved = false;
			channel.focusComposer();
		}
		return waitAtMost(openingLimitMs, channel.whenLive);
	}

	/** Shows a sentence in the view. @returns whether there is one that can show it. */
	tell(sentence: string): boolean {
		return this.#resolved?.channel.tell(sentence) ?? false;
	}

	/** Puts the keyboard focus into the composer, at the latest when VS Code has shown the view. */
	focusComposer(): void {
		this.#focusWhenResolved = this.#resolved === undefined;
		this.#resolved?.channel.focusComposer();
	}

	/** Shows the view and puts the keyboard focus into its composer. */
	async show(): Promise<void> {
		this.focusComposer();
		await commands.executeCommand(focusChatView);
	}

	dispose(): void {
		this.#resolved?.owned.dispose();
		this.#resolved = undefined;
	}
}
