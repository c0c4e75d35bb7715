import { openBrowserPage, type BrowserPage } from "./browserPage";

/**
 * Opens a page that draws the chat view, with its style sheets and icons, behind its own policy.
 *
 * @param script path from the root of the repository of the TypeScript module that runs in it.
 * @param browserArguments for Chromium.
 */
export function openViewPage(
	script = "test/browser/chatViewPage.ts",
	browserArguments: readonly string[] = [],
): Promise<BrowserPage> {
	const codicons = "node_modules/@vscode/codicons/dist";
	return openBrowserPage(
		script,
		"view",
		[`${codicons}/codicon.css`, "media/chat.css", "media/markdown.css"],
		[`${codicons}/codicon.ttf`],
		browserArguments,
	);
}
