/** @returns one line that stands for itself in Markdown: names come from files and drivers. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}
