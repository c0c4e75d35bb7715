/** What the page loads, as addresses that the webview can reach. */
export interface ChatPage {
	/** The webview's own content: `Webview.cspSource`. */
	readonly cspSource: string;
	/** Fresh for every page: the one script that may run carries it. */
	readonly nonce: string;
	readonly scriptUri: string;
	readonly styleUri: string;
}

/**
 * @returns the page of a chat view. Its policy lets nothing in but our script, our style sheet, our font and
 * our images: nothing that the model writes can reach the network.
 */
export function chatViewHtml(page: ChatPage): string {
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${page.nonce}'`,
		`style-src ${page.cspSource}`,
		`font-src ${page.cspSource}`,
		`img-src ${page.cspSource}`,
		// These two do not follow `default-src`.
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat</title>
<link rel="stylesheet" href="${escape(page.styleUri)}">
<script type="module" nonce="${escape(page.nonce)}" src="${escape(page.scriptUri)}"></script>
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
