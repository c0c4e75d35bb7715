const named: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Text that means what it says: every character of `source` shows. */
export function escapeLiteral(source: string): string {
	return source.replace(/[&<>"']/g, (character) => named[character] ?? character);
}

/** Text in which character references (`&copy;`, `&#x41;`) still work, as in Markdown and HTML. */
export function escapeText(source: string): string {
	return source.replace(
		/[<>"']|&(?!(?:#\d{1,7}|#[xX][a-fA-F\d]{1,6}|\w+);)/g,
		(character) => named[character] ?? character,
	);
}
