import type { ChatAttachments } from "./chat/chatAttachments";
import type { ChatSession } from "./chat/chatSession";
import type { ChatStore } from "./chat/chatStore";
import type { InferenceBackend } from "./inference/backend";
import type { ChatActions } from "./view/dispatchIntent";

/** The running chat, as far as it can be reached from outside. */
export interface ComposedChat {
	readonly store: ChatStore;
	readonly session: ChatSession;
	readonly attachments: ChatAttachments;
	readonly backend: InferenceBackend;
	/** What the views' intents lead to. */
	readonly actions: ChatActions;
	/** Which views have a page that listens. */
	readonly liveViews: () => { readonly sideBar: boolean; readonly editor: boolean };
}

/** What `activate` returns, for tests in a running VS Code. */
export interface ExtensionApi {
	readonly chat: ComposedChat;
	/** Puts everything together anew, around another model. */
	recompose(createBackend: () => InferenceBackend): void;
}
