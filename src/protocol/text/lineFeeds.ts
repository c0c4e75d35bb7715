/** Returns `text` with a line feed at the end of each line, whatever system its line breaks come from. */
export function withLineFeeds(text: string): string {
	return text.replace(/\r\n?/g, "\n");
}
