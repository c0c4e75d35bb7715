import { withLineFeeds } from "./lineFeeds";

/** Returns one line that Markdown shows literally, because names come from files and drivers. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>#|~]/g, "\\$&");
}

/** Returns a code block that nothing in `code` can end. */
export function fenced(code: string, language: string): string {
	let longest = 2;
	for (const [run] of code.matchAll(/`+/g)) {
		longest = Math.max(longest, run.length);
	}
	const fence = "`".repeat(longest + 1);
	const body = withLineFeeds(code).replace(/\n$/, "");
	return `${fence}${/^[\w#+.-]{1,40}$/.test(language) ? language : ""}\n${body}\n${fence}`;
}
