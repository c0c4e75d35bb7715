import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";
import type { ChatStore } from "../chat/chatStore";
import type { Log } from "../log";
import { chatViewHtml } from "./chatViewHtml";
import type { UnsentKeeper } from "./unsentKeeper";
import { ViewChannel, type UserIntent } from "./viewChannel";

/** What every chat view is made of, wherever it shows. */
export interface ChatViewParts {
	readonly extensionUri: Uri;
	readonly store: ChatStore;
	readonly unsent: UnsentKeeper;
	/** A page of the chat is about to open. */
	readonly onPage: () => void;
	readonly onIntent: (intent: UserIntent) => void;
	readonly log: Log;
}

/** Loads the chat's page into `webview` and @returns its channel, which the caller owns. */
export function connectChatWebview(webview: Webview, parts: ChatViewParts): ViewChannel {
	const { extensionUri, store, unsent, onPage, onIntent, log } = parts;
	onPage();
	const folder = Uri.joinPath(extensionUri, "dist");
	const address = (file: string): string =>
		webview.asWebviewUri(Uri.joinPath(folder, file)).toString();

	webview.options = { enableScripts: true, localResourceRoots: [folder] };
	const channel = new ViewChannel({ page: webview, store, unsent, onIntent, log });
	webview.html = chatViewHtml({
		cspSource: webview.cspSource,
		nonce: randomBytes(16).toString("base64url"),
		scriptUri: address("webview.js"),
		styleUri: address("webview.css"),
	});
	return channel;
}
