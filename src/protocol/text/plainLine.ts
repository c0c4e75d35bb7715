/**
 * Characters that are invisible or change how the surrounding text is read: line breaks, control characters, direction
 * marks, and tags. The joiners inside emoji and inside words of Persian, Hindi, and other languages are not among them.
 */
const unseen =
	/(?:(?!(?<=[^\s!-~\u200c\u200d])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}]))(?:[^\S ]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u115f\u1160\u3164\uffa0]))+/gu;
/** Combining marks that pile up on one letter are drawn over the neighboring lines. */
const piledMarks = /(\p{M}{3})\p{M}+/gu;

/**
 * Returns a bounded, visible line of a text that a file or server chose.
 *
 * @param most maximum UTF-16 units of the result; a longer text ends in "…"
 */
export function plainLine(text: string, most: number): string {
	// This is enough to fill the line, and bounds the work.
	const line = visible(text.slice(0, 4 * most))
		.replace(/ {2,}/g, " ")
		.trim();
	return line.length <= most && text.length <= 4 * most ? line : `${beginning(line, most - 1)}…`;
}

/**
 * Works like `plainLine` for a text that should be one word, such as "qwen3-moe": other characters become question
 * marks.
 */
export function plainWord(text: string, most: number): string {
	return plainLine(text, most).replace(/[^\w.+…-]+/g, "?");
}

/** Works like `plainLine` for a path: the middle is left out, because the file name is at the end. */
export function plainPath(path: string, most: number): string {
	if (path.length <= most) {
		return visible(path);
	}
	const half = Math.floor((most - 1) / 2);
	const end = visible(path.slice(-half).replace(/^[\udc00-\udfff]/, ""));
	return `${visible(beginning(path, half))}…${end}`;
}

function visible(text: string): string {
	return text.replace(unseen, " ").replace(piledMarks, "$1");
}

/** Cuts a text without splitting a surrogate pair. */
function beginning(text: string, length: number): string {
	return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
