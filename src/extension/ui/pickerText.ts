/** @returns a text of unknown origin as a list of VS Code's shows it: what looks like an icon in it is none. */
export function pickerText(text: string): string {
	return text.replaceAll("$(", "$\u200b(");
}
