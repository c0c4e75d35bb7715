import type { Tokens } from "marked";

/** Returns the first line of fenced code that has no end yet, `undefined` for any other code. */
export function openFence({ raw }: Tokens.Code): string | undefined {
	const [line, fence] = /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n|$)/.exec(raw) ?? [];
	if (line === undefined || fence === undefined) {
		return undefined;
	}
	const content = raw.slice(line.length).trimEnd();
	const lastLine = content.slice(content.lastIndexOf("\n") + 1).trim();
	const isClosed = lastLine.startsWith(fence) && /^(?:`+|~+)$/.test(lastLine);
	return isClosed ? undefined : line;
}
