import { commands, type WebviewView } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { waitAtMost } from "../base/waitAtMost";
import { focusChatView } from "./chatPlaces";
import { connectChatWebview, type ChatViewParts } from "./chatWebview";
import type { ViewChannel } from "./viewChannel";

/** How long VS Code shows its progress bar while the view opens, at most. */
const openingLimitMs = 30_000;

/** The chat in the side bar. VS Code may resolve the view more than once; each time gets its own channel. */
export class ChatViewProvider implements Disposable {
	readonly #parts: ChatViewParts;
	#resolved: { readonly channel: ViewChannel; readonly owned: DisposableStore } | undefined;
	#focusWhenResolved = false;

	constructor(parts: ChatViewParts) {
		this.#parts = parts;
	}

	/** Whether the view's page is listening. */
	get isLive(): boolean {
		return this.#resolved?.channel.isLive ?? false;
	}

	/** Settles when the page is listening, or takes too long. Until then, VS Code shows its progress bar. */
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

	/** Shows a sentence in the view. Returns whether a view could show it. */
	tell(sentence: string): boolean {
		return this.#resolved?.channel.tell(sentence) ?? false;
	}

	/** Focuses the composer, now or as soon as VS Code has shown the view. */
	focusComposer(): void {
		this.#focusWhenResolved = this.#resolved === undefined;
		this.#resolved?.channel.focusComposer();
	}

	/** Shows the view and focuses its composer. */
	async show(): Promise<void> {
		this.focusComposer();
		await commands.executeCommand(focusChatView);
	}

	dispose(): void {
		this.#resolved?.owned.dispose();
		this.#resolved = undefined;
	}
}
