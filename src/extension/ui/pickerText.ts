/**
 * Returns text of foreign origin for a VS Code picker, where icon syntax such as `$(name)` would otherwise become an
 * icon.
 */
export function pickerText(text: string): string {
	return text.replaceAll("$(", "$\u200b(");
}
