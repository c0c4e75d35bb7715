import { openBrowserPage, type BrowserPage } from "./browserPage";

/**
 * Opens a page that draws the chat view, with its style sheet and icons as they are built, behind its own policy.
 *
 * @param script path from the root of the repository of the TypeScript module that runs in it.
 * @param browserArguments for Chromium.
 */
export function openViewPage(
	script = "test/browser/chatViewPage.ts",
	browserArguments: readonly string[] = [],
): Promise<BrowserPage> {
	return openBrowserPage(
		script,
		"view",
		["dist/webview.css"],
		["dist/codicon.ttf"],
		browserArguments,
	);
}
