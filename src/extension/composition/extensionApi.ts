import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatSession } from "../chat/chatSession";
import type { ChatStore } from "../chat/chatStore";
import type { ShownChat } from "../chat/shownChat";
import type { LanguageModel } from "../inference/languageModel";
import type { UserIntent } from "../view/viewChannel";

/** The running chat, as far as it can be reached from outside. */
export interface ComposedChat {
	readonly store: ChatStore;
	readonly session: ChatSession;
	readonly shown: ShownChat;
	readonly attachments: ChatAttachments;
	readonly languageModel: LanguageModel;
	/** Does what an intent of a view asks for. */
	readonly perform: (intent: UserIntent) => Promise<void>;
	/** Which views have a page that listens. */
	readonly liveViews: () => { readonly sideBar: boolean; readonly editor: boolean };
}

/** What `activate` returns, for tests in a running VS Code. */
export interface ExtensionApi {
	/** The chat, put together if nobody needed it so far. */
	readonly chat: () => Promise<ComposedChat>;
	/** Where the extension keeps what belongs to the machine: conversations, models. */
	readonly storageFolder: string;
	/** Puts everything together anew, around another model; around the real one, if none is given. */
	readonly recompose: (createBackend?: () => LanguageModel) => Promise<ComposedChat>;
}
