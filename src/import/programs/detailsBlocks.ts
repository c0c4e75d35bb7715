/** The parts of an Open WebUI answer. */
export interface TakenApart {
	/** The answer without its blocks. */
	readonly text: string;
	readonly thoughts: string;
	/** The thinking time; `undefined` if the file does not state it. */
	readonly thoughtSeconds: number | undefined;
	/** The number of other blocks: tool calls and their results. */
	readonly others: number;
}

const opening = /<details\s+type="([a-z_]{1,32})"([^<>]{0,2000})>/g;
const closing = "</details>";

/**
 * Removes the `<details type="…">` blocks with which Open WebUI marks thoughts and tool calls. A block without an end
 * is left in place.
 */
export function withoutDetails(content: string): TakenApart {
	const texts: string[] = [];
	const thoughts: string[] = [];
	let thoughtSeconds: number | undefined;
	let others = 0;
	let from = 0;
	for (const { index, 0: tag, 1: type, 2: attributes } of content.matchAll(opening)) {
		const bodyFrom = index + tag.length;
		const end = content.indexOf(closing, bodyFrom);
		if (end < 0) {
			break;
		}
		if (index < from) {
			// Inside the previous block.
			continue;
		}
		texts.push(content.slice(from, index));
		from = end + closing.length;
		if (type === "reasoning") {
			thoughts.push(thoughtIn(content.slice(bodyFrom, end)));
			const seconds = /\bduration="(\d{1,6})"/.exec(attributes ?? "")?.[1];
			thoughtSeconds =
				seconds === undefined ? thoughtSeconds : (thoughtSeconds ?? 0) + Number(seconds);
		} else {
			others += 1;
		}
	}
	texts.push(content.slice(from));
	const join = (parts: readonly string[]): string =>
		parts
			.map((part) => part.trim())
			.filter((part) => part !== "")
			.join("\n\n");
	return {
		// An answer without such blocks stays unchanged, including its white space.
		text: texts.length === 1 ? content : join(texts),
		thoughts: join(thoughts),
		thoughtSeconds,
		others,
	};
}

/** Returns the text in a block, without summary and quotation marks, and with `<`, `>`, `&`, and `"` unescaped. */
function thoughtIn(body: string): string {
	const summaryEnd = body.indexOf("</summary>");
	return body
		.slice(summaryEnd < 0 ? 0 : summaryEnd + "</summary>".length)
		.replace(/&(lt|gt|quot|#x27|#39|amp);/g, (_, name: string) => entities[name] ?? "")
		.replace(/^> ?/gm, "")
		.trim();
}

const entities: Readonly<Record<string, string>> = {
	lt: "<",
	gt: ">",
	quot: '"',
	"#x27": "'",
	"#39": "'",
	amp: "&",
};
