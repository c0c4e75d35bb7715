import { StatusBarAlignment, ThemeColor, window, type StatusBarItem } from "vscode";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import type { ChatStore } from "../chat/chatStore";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { modelStatusText } from "./modelStatusText";
import { t } from "../../wording/localize";

/** Places the item left of VS Code's items for the language and the notifications. */
const priority = 90;

/** Facts that occur often in an answer and change nothing in the status bar. */
const unseen: ReadonlySet<ChatFact["type"]> = new Set(["textAppended", "thoughtEnded"]);

/** Shows the model, its state, and its device in the status bar. A click shows the model actions. */
export class ModelStatusItem implements Disposable {
	readonly #store: ChatStore;
	readonly #home: string;
	readonly #owned = new DisposableStore();
	readonly #item: StatusBarItem;

	/** @param home a sentence that says on which machine the model runs; empty for this machine */
	constructor(store: ChatStore, home: string) {
		this.#store = store;
		this.#home = home;
		this.#item = this.#owned.own(
			window.createStatusBarItem("localLlm.model", StatusBarAlignment.Right, priority),
		);
		this.#item.name = t("Local LLM Model");
		this.#item.command = "localLlm.showModelActions";
		this.#owned.own(
			store.onDidPublish(({ type }) => {
				if (!unseen.has(type)) {
					this.#draw();
				}
			}),
		);
		this.#draw();
		this.#item.show();
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#draw(): void {
		const { text, accessibleName, tooltip, isWarning } = modelStatusText(
			this.#store.state,
			this.#home,
		);
		// Each assignment sends a message to the window.
		if (text !== this.#item.text || tooltip !== this.#item.tooltip) {
			this.#item.text = text;
			this.#item.tooltip = tooltip;
			this.#item.accessibilityInformation = { label: accessibleName, role: "button" };
			this.#item.backgroundColor = isWarning
				? new ThemeColor("statusBarItem.warningBackground")
				: undefined;
		}
	}
}
