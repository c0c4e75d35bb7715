import { Uri, ViewColumn, window, type WebviewPanel } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { ChatState } from "../../protocol/chat/chat";
import { shownTitle } from "../../wording/describeChat";
import { chatPanelType } from "./chatPlaces";
import { connectChatWebview, type ChatViewParts } from "./chatWebview";
import type { ViewChannel } from "./viewChannel";
import { t } from "../../wording/localize";

/** Characters that a tab has room for beside others. */
const titleLength = 40;

interface OpenPanel {
	readonly panel: WebviewPanel;
	readonly channel: ViewChannel;
	readonly owned: DisposableStore;
}

/** The chat as an editor tab: at most one, which comes back when the window is reloaded. */
export class ChatPanel implements Disposable {
	readonly #parts: ChatViewParts;
	#open: OpenPanel | undefined;

	constructor(parts: ChatViewParts) {
		this.#parts = parts;
	}

	/** Whether the tab's page listens. */
	get isLive(): boolean {
		return this.#open?.channel.isLive ?? false;
	}

	/** Whether the tab can be seen without a change of tabs. */
	get isVisible(): boolean {
		return this.#open?.panel.visible ?? false;
	}

	/** Shows a sentence in the tab. @returns whether there is one that can show it. */
	tell(sentence: string): boolean {
		return this.#open?.channel.tell(sentence) ?? false;
	}

	/** Opens the tab, or brings the open one to the front, and puts the focus into its composer. */
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

	/** Takes over the tab of the window before it was reloaded. */
	deserializeWebviewPanel(panel: WebviewPanel): void {
		if (this.#open) {
			panel.dispose();
		} else {
			this.#adopt(panel);
		}
	}

	/** Lets go of the tab without closing it: after a reload of the window it comes back. */
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

/** Returns the title of the tab: that of the conversation, once it is loaded. */
function tabTitle({ access, title }: ChatState): string {
	if (access.kind === "loading") {
		return t("Chat");
	}
	const characters = Array.from(new Intl.Segmenter().segment(shownTitle(title)));
	const shown = characters.slice(0, titleLength - 1).map(({ segment }) => segment);
	return characters.length > titleLength ? `${shown.join("").trimEnd()}…` : shownTitle(title);
}
