import { Uri, ViewColumn, window, type WebviewPanel } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { ChatState } from "../../protocol/chat/chat";
import { shownTitle } from "../../wording/describeChat";
import { chatPanelType } from "./chatPlaces";
import { connectChatWebview, type ChatViewParts } from "./chatWebview";
import type { ViewChannel } from "./viewChannel";
import { t } from "../../wording/localize";

/** Characters of a title that fit on a tab beside other tabs. */
const titleLength = 40;

interface OpenPanel {
	readonly panel: WebviewPanel;
	readonly channel: ViewChannel;
	readonly owned: DisposableStore;
}

/** The chat in an editor tab. There is at most one, and it is restored when the window reloads. */
export class ChatPanel implements Disposable {
	readonly #parts: ChatViewParts;
	#open: OpenPanel | undefined;

	constructor(parts: ChatViewParts) {
		this.#parts = parts;
	}

	/** Whether the tab's page is listening. */
	get isLive(): boolean {
		return this.#open?.channel.isLive ?? false;
	}

	/** Whether the tab is visible without switching tabs. */
	get isVisible(): boolean {
		return this.#open?.panel.visible ?? false;
	}

	/** Shows a sentence in the tab. Returns whether a tab could show it. */
	tell(sentence: string): boolean {
		return this.#open?.channel.tell(sentence) ?? false;
	}

	/** Opens the tab or brings it to the front, and focuses its composer. */
	show(): void {
		if (this.#open) {
			this.#open.panel.reveal();
		} else {
			this.#adopt(
				window.createWebviewPanel(chatPanelType, "", ViewColumn.Active, {
					retainContextWhenHidden: false,
				}),
			);
		}
		this.#open?.channel.focusComposer();
	}

	/** Takes over the tab that was open before the window reloaded. */
	deserializeWebviewPanel(panel: WebviewPanel): void {
		if (this.#open) {
			panel.dispose();
		} else {
			this.#adopt(panel);
		}
	}

	/** Releases the tab without closing it, so that it is restored after a reload. */
	dispose(): void {
		this.#open?.owned.dispose();
		this.#open = undefined;
	}

	#adopt(panel: WebviewPanel): void {
		const owned = new DisposableStore();
		panel.iconPath = Uri.joinPath(this.#parts.extensionUri, "media", "icon.svg");
		const channel = owned.own(connectChatWebview(panel.webview, this.#parts));
		const { store } = this.#parts;
		const entitle = (): void => {
			const title = tabTitle(store.state);
			if (title !== panel.title) {
				panel.title = title;
			}
		};
		entitle();
		owned.own(store.onDidPublish(entitle));
		const open = { panel, channel, owned };
		this.#open = open;
		owned.own(
			panel.onDidChangeViewState(() => {
				if (!panel.visible) {
					channel.pause();
				}
			}),
		);
		owned.own(
			panel.onDidDispose(() => {
				owned.dispose();
				if (this.#open === open) {
					this.#open = undefined;
				}
			}),
		);
	}
}

/** Returns the title of the tab: the chat's title, once the chat is loaded. */
function tabTitle({ access, title }: ChatState): string {
	if (access.kind === "loading") {
		return t("Chat");
	}
	const characters = Array.from(new Intl.Segmenter().segment(shownTitle(title)));
	const shown = characters.slice(0, titleLength - 1).map(({ segment }) => segment);
	return characters.length > titleLength ? `${shown.join("").trimEnd()}…` : shownTitle(title);
}
