import type { DisposableStore } from "../base/disposableStore";
import { Emitter } from "../base/emitter";
import { scopedLog } from "../base/log";
import { EditorTracker, type ChatPlace } from "../editor/editorTracker";
import { ChatPanel } from "../view/chatPanel";
import { ChatViewProvider } from "../view/chatViewProvider";
import type { ChatViewParts } from "../view/chatWebview";
import { unsentKeeper } from "../view/unsentKeeper";
import type { UserIntent } from "../view/viewChannel";
import type { ChatServices } from "./chatServices";
import type { CompositionParts } from "./compositionParts";

/** An intent, and a way to report to the view that sent it. */
export interface ReceivedIntent {
	readonly intent: UserIntent;
	/** Shows a sentence in that view. Returns whether the view could show it. */
	readonly report: (sentence: string) => boolean;
}

/** The side bar view, the editor tab, and the tracker of the editors beside them. */
export interface ChatViews {
	readonly view: ChatViewProvider;
	readonly panel: ChatPanel;
	readonly editors: EditorTracker;
	readonly onDidReceiveIntent: Emitter<ReceivedIntent>["event"];
	/** Opens the view that is in use, with the focus in its composer. */
	readonly showChat: () => Promise<void>;
}

/**
 * Constructs the views of a chat.
 *
 * @param onPage called when a page of the chat has been handed to VS Code
 */
export function createChatViews(
	owned: DisposableStore,
	{ context, log }: CompositionParts,
	{ store }: ChatServices,
	onPage: () => void,
): ChatViews {
	const editors = owned.own(new EditorTracker());
	const intents = new Emitter<ReceivedIntent>();
	const partsOf = (place: ChatPlace, report: ReceivedIntent["report"]): ChatViewParts => ({
		extensionUri: context.extensionUri,
		store,
		onPage,
		log: scopedLog(log, "view"),
		unsent: unsentKeeper(place, context.workspaceState),
		onFocusMoved: (hasFocus) => {
			editors.focusMoved(place, hasFocus);
		},
		onIntent: (intent) => {
			intents.fire({ intent, report });
		},
	});
	const view: ChatViewProvider = owned.own(
		new ChatViewProvider(partsOf("sideBar", (sentence) => view.tell(sentence))),
	);
	const panel: ChatPanel = owned.own(
		new ChatPanel(partsOf("editor", (sentence) => panel.tell(sentence))),
	);
	return {
		view,
		panel,
		editors,
		onDidReceiveIntent: intents.event,
		showChat: async () => {
			if (panel.isVisible) {
				panel.show();
			} else {
				await view.show();
			}
		},
	};
}
