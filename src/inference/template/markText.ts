/**
 * Returns the common prefix of two texts, up to the mark in which they differ: "<think>" and "</think>" have nothing in
 * common, nor have "<|open|>think" and "<|open|>reply".
 */
export function commonPrefixText(a: string, b: string): string {
	let length = 0;
	while (length < Math.min(a.length, b.length) && a[length] === b[length]) {
		length += 1;
	}
	const common = a.slice(0, length);
	if (length === a.length && length === b.length) {
		return common;
	}
	const opened = lastOf(common, "<[◁");
	const isInMark = opened > lastOf(common, ">]▷");
	const endsWithMark = opened >= 0 && /[>\]▷]$/.test(common) && /^\w/.test(a.slice(length));
	return isInMark || endsWithMark ? common.slice(0, opened) : common;
}

/** Returns the first mark in angle or square brackets of a text that begins with one; otherwise the whole text. */
export function firstMark(text: string): string {
	const trimmed = text.trim();
	return /^(?:<[^<>]*>|\[[^[\]]*\]|◁[^◁▷]*▷)/.exec(trimmed)?.[0] ?? trimmed;
}

function lastOf(text: string, characters: string): number {
	return Math.max(...Array.from(characters, (character) => text.lastIndexOf(character)));
}
