import { t } from "../../wording/localize";

/** What the page is made of. */
export interface ChatPageParts {
	/** The webview's own content: `Webview.cspSource`. */
	readonly cspSource: string;
	/** Fresh for every page: what may run and what gives the page its looks carry it. */
	readonly nonce: string;
	/** The language that the view's sentences are in. */
	readonly language: string;
	/** Its sentences, by the English ones, as JSON; none for English. */
	readonly translation: string | undefined;
	/** Which way the display language runs. */
	readonly direction: "ltr" | "rtl";
	/** VS Code's Markdown preview draws Mermaid diagrams. */
	readonly drawsDiagrams: boolean;
	/** A style sheet in which `</style` does not stand. */
	readonly style: string;
	/** A script in which neither `<script` nor `</script` stands. It runs as the page is read. */
	readonly earlyScript: string;
	/** The chat's script, a module that `earlyScript` asks for, as an address that the webview can reach. */
	readonly scriptUri: string;
}

/**
 * @returns the page of a chat view, with all in it that it takes to be shown and written in: each file that it had to
 * ask for would take VS Code a way of its own. Its policy lets nothing in but our scripts, our style sheet, our font and
 * our images: nothing that the model writes can reach the network.
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
		// These two do not follow `default-src`.
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
