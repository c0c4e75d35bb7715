/** An answer of Open WebUI, taken apart. */
export interface TakenApart {
	/** The answer itself. */
	readonly text: string;
	readonly thoughts: string;
	/** How long it thought; `undefined` where the file does not say. */
	readonly thoughtSeconds: number | undefined;
	/** How many blocks held something else: calls of tools and their results. */
	readonly others: number;
}

const opening = /<details\s+type="([a-z_]{1,32})"([^<>]{0,2000})>/g;
const closing = "</details>";

/**
 * Takes out of an answer the blocks `<details type="…">` that Open WebUI puts thoughts and calls of tools into. A block
 * without an end is left where it is.
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
			// Inside of the block before.
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
		// An answer without such blocks stays as it is, to the last blank.
		text: texts.length === 1 ? content : join(texts),
		thoughts: join(thoughts),
		thoughtSeconds,
		others,
	};
}

/** @returns the words in a block: without the summary, the quotation marks, and what stands for `<`, `>`, `&`, `"`. */
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
