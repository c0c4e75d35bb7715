/**
 * Makes text of foreign origin safe for a notification: names of files and models, servers, output of programs.
 *
 * In notifications, VS Code turns `[words](address)` into a link, and clicking one whose address begins with `command:`
 * runs that command.
 *
 * @returns the text, in which such links appear as plain text
 */
export function withoutLinks(text: string): string {
	return text.replaceAll("](", "] (");
}
