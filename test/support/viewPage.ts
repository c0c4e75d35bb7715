import { openBrowserPage, type BrowserPage } from "./browserPage";

/** Opens a page that draws the chat view, with its style sheets and icons, behind its own policy. */
export function openViewPage(): Promise<BrowserPage> {
	const codicons = "node_modules/@vscode/codicons/dist";
	return openBrowserPage(
		"test/browser/chatViewPage.ts",
		"view",
		[`${codicons}/codicon.css`, "media/chat.css", "media/markdown.css"],
		[`${codicons}/codicon.ttf`],
	);
}
