import { type BrowserPage, type BrowserPageParts, openBrowserPage } from "./browserPage";

/**
 * Opens a page that draws the chat view, with its style sheet and icons as they are built, behind its own policy.
 *
 * @param script path from the root of the repository of the TypeScript module that runs in it.
 */
export function openViewPage(
	script = "test/browser/chatViewPage.ts",
	parts: Pick<BrowserPageParts, "earlyScript" | "words" | "browserArguments"> = {},
): Promise<BrowserPage> {
	return openBrowserPage(script, "view", {
		styles: ["dist/webview.css"],
		fonts: ["dist/codicon.ttf"],
		...parts,
	});
}
