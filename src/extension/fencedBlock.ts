/** @returns `text` as a code block of Markdown, in a fence longer than any in it, so that it cannot be closed by it. */
export function fencedBlock(language: string, text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${text}\n${fence}`;
}
