import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatSession } from "../chat/chatSession";
import type { ChatStore } from "../chat/chatStore";
import type { ShownChat } from "../chat/shownChat";
import type { LanguageModel } from "../inference/languageModel";
import type { UserIntent } from "../view/viewChannel";

/** The part of the running chat that is accessible from outside. */
export interface ComposedChat {
	readonly store: ChatStore;
	readonly session: ChatSession;
	readonly shown: ShownChat;
	readonly attachments: ChatAttachments;
	readonly languageModel: LanguageModel;
	/** Performs an intent of a view. */
	readonly perform: (intent: UserIntent) => Promise<void>;
	/** Returns which views have a page that is listening. */
	readonly liveViews: () => { readonly sideBar: boolean; readonly editor: boolean };
}

/** The return value of `activate`, for tests in a running VS Code. */
export interface ExtensionApi {
	/** Returns the chat, and composes it if nothing has needed it so far. */
	readonly chat: () => Promise<ComposedChat>;
	/** The folder of data that belongs to the machine, such as chats and models. */
	readonly storageFolder: string;
	/** Composes the extension again around a different model, or around the real one if none is given. */
	readonly recompose: (createBackend?: () => LanguageModel) => Promise<ComposedChat>;
}
