const named: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Escapes text so that every character of `source` is shown. */
export function escapeLiteral(source: string): string {
	return source.replace(/[&<>"']/g, (character) => named[character] ?? character);
}

/** Escapes text, but keeps character references (`&copy;`, `&#x41;`), as Markdown and HTML do. */
export function escapeText(source: string): string {
	return source.replace(
		/[<>"']|&(?!(?:#\d{1,7}|#[xX][a-fA-F\d]{1,6}|\w+);)/g,
		(character) => named[character] ?? character,
	);
}
