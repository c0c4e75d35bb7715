import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { env, l10n, Uri, type Webview } from "vscode";
import type { ChatStore } from "../chat/chatStore";
import { canDrawDiagrams } from "../editor/diagramPages";
import { languageDirection } from "./languageDirection";
import type { Log } from "../base/log";
import { displayLanguage } from "../../wording/localize";
import { chatViewHtml } from "./chatViewHtml";
import type { UnsentKeeper } from "./unsentKeeper";
import { ViewChannel, type UserIntent } from "./viewChannel";

/** The parts that every chat view needs, wherever it is shown. */
export interface ChatViewParts {
	readonly extensionUri: Uri;
	readonly store: ChatStore;
	readonly unsent: UnsentKeeper;
	readonly onFocusMoved: (hasFocus: boolean) => void;
	/** Called when a page of the chat has been handed to VS Code. */
	readonly onPage: () => void;
	readonly onIntent: (intent: UserIntent) => void;
	readonly log: Log;
}

/** Loads the chat's page into `webview`, and returns its channel. The caller owns the channel. */
export function connectChatWebview(webview: Webview, parts: ChatViewParts): ViewChannel {
	const { extensionUri, store, unsent, onFocusMoved, onPage, onIntent, log } = parts;
	const folder = Uri.joinPath(extensionUri, "dist");
	const text = (file: string): string => readFileSync(Uri.joinPath(folder, file).fsPath, "utf8");

	webview.options = { enableScripts: true, localResourceRoots: [folder] };
	const channel = new ViewChannel({
		page: webview,
		store,
		unsent,
		onFocusMoved,
		onIntent,
		log,
	});
	webview.html = chatViewHtml({
		cspSource: webview.cspSource,
		nonce: randomBytes(16).toString("base64url"),
		language: displayLanguage(),
		// VS Code has loaded a translation for its language, so the build has made one for the page too.
		translation: l10n.bundle && text(`l10n/page.${env.language}.json`),
		direction: languageDirection(env.language),
		drawsDiagrams: canDrawDiagrams(),
		style: text("webview.css"),
		earlyScript: text("earlyComposer.js"),
		scriptUri: webview.asWebviewUri(Uri.joinPath(folder, "webview.js")).toString(),
	});
	// VS Code sends the page from a timer. Work that started before that timer would delay the page.
	setTimeout(onPage);
	return channel;
}
