/** What the page is made of. */
export interface ChatPage {
	/** The webview's own content: `Webview.cspSource`. */
	readonly cspSource: string;
	/** Fresh for every page: what may run and what gives the page its looks carry it. */
	readonly nonce: string;
	/** An ES module in which neither `<script` nor `</script` stands. */
	readonly script: string;
	/** A style sheet without `</style`. */
	readonly style: string;
	/** What the script asks for later, by the names that it has for it, as addresses that the webview can reach. */
	readonly imports: Readonly<Record<string, string>>;
}

/**
 * @returns the page of a chat view, whole: each file that it had to ask for would take VS Code a way of its own. Its
 * policy lets nothing in but our script, our style sheet, our font and our images: nothing that the model writes can
 * reach the network.
 */
export function chatViewHtml({ cspSource, nonce, script, style, imports }: ChatPage): string {
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src 'nonce-${nonce}'`,
		`font-src ${cspSource}`,
		`img-src ${cspSource}`,
		// These two do not follow `default-src`.
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
	const importMap = JSON.stringify({ imports }).replaceAll("<", "\\u003c");
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat</title>
<style nonce="${escape(nonce)}">${style}</style>
<script type="importmap" nonce="${escape(nonce)}">${importMap}</script>
<script type="module" nonce="${escape(nonce)}">${script}</script>
</head>
<body><chat-app></chat-app></body>
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
