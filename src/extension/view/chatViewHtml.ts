import { t } from "../../wording/localize";

/** The values that the page is built from. */
export interface ChatPageParts {
	/** The source of the webview's own content: `Webview.cspSource`. */
	readonly cspSource: string;
	/** A new value for every page. Only scripts and styles that carry it are allowed. */
	readonly nonce: string;
	/** The language of the view's sentences. */
	readonly language: string;
	/** The translation as JSON, keyed by the English sentences; `undefined` for English. */
	readonly translation: string | undefined;
	/** The writing direction of the display language. */
	readonly direction: "ltr" | "rtl";
	/** Whether VS Code's Markdown preview draws Mermaid diagrams. */
	readonly drawsDiagrams: boolean;
	/** A style sheet that does not contain `</style`. */
	readonly style: string;
	/** A script that contains neither `<script` nor `</script`. It runs while the page is parsed. */
	readonly earlyScript: string;
	/** The chat's script: a module that `earlyScript` loads, as a URI that the webview can reach. */
	readonly scriptUri: string;
}

/**
 * Returns the page of a chat view. Everything that is needed to show the page and type in it is inline, because each
 * file that the page requested would cost a round trip through VS Code. The content security policy allows only our
 * scripts, style sheet, font, and images, so that nothing the model writes can reach the network.
 */
export function chatViewHtml(page: ChatPageParts): string {
	const { cspSource, style, earlyScript, translation } = page;
	const nonce = escape(page.nonce);
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${page.nonce}'`,
		`style-src 'nonce-${page.nonce}'`,
		`font-src ${cspSource}`,
		`img-src ${cspSource}`,
		// These two do not fall back to `default-src`.
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
	const root = [
		`lang="${escape(page.language)}"`,
		`dir="${page.direction}"`,
		...(page.drawsDiagrams ? ["data-draws-diagrams"] : []),
		...(translation ? [`data-translation="${escape(translation)}"`] : []),
	];
	return `<!DOCTYPE html>
<html ${root.join(" ")}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(t("Chat"))}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body><chat-app></chat-app>
<script nonce="${nonce}" data-module="${escape(page.scriptUri)}">${earlyScript}</script>
</body>
</html>
`;
}

function escape(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll('"', "&quot;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");
}
