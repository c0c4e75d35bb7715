/**
 * Makes words fit for a notification that are not all ours: names of files and models, hosts, what programs said.
 *
 * VS Code makes a link of `[words](address)` there, and a click on one whose address begins with `command:` runs that
 * command.
 *
 * @returns the text with such links as text that shows them.
 */
export function withoutLinks(text: string): string {
	return text.replaceAll("](", "] (");
}
