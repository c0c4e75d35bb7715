import { withLineFeeds } from "../../protocol/text/lineFeeds";

/**
 * Fits code to the place where it is inserted. Removes the indentation that all lines share, gives every line after the
 * first the indentation of the target line, and drops a trailing line break.
 *
 * @param lineStart the text before the place on its line; lines are indented only if it is blank
 */
export function indentCode(code: string, lineStart: string): string {
	const lines = withLineFeeds(code).replace(/\n$/, "").split("\n");
	const indentations = lines.filter((line) => line.trim() !== "").map(indentationOf);
	const shared = indentations.reduce(commonPrefix, indentations[0] ?? "");
	const indentation = indentationOf(lineStart);
	return lines
		.map((line) => (line.trim() === "" ? "" : line.slice(shared.length)))
		.map((line, index) => (index === 0 || line === "" ? line : indentation + line))
		.join("\n");
}

function indentationOf(line: string): string {
	return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function commonPrefix(a: string, b: string): string {
	let length = 0;
	while (length < a.length && a[length] === b[length]) {
		length += 1;
	}
	return a.slice(0, length);
}
