import { type BrowserPage, type BrowserPageParts, openBrowserPage } from "./browserPage";

/**
 * Opens a page that draws the chat view with its built style sheet and icons, under its own policy.
 *
 * @param script path of the TypeScript module that runs in it, from the root of the repository
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
