import * as v from "valibot";
import type { OmissionCounts } from "../importedChat";
import { link } from "../importedText";
import { entriesOf, listOf, number, text } from "../json/lenient";

/*
 * ChatGPT puts marks for its own page into answers. U+E200 begins a mark, U+E202 separates its parts, U+E201 ends it.
 * U+E203 and U+E204 enclose the words that a citation refers to. Older answers use 【12†source】.
 */

const mark = /([ \t]{0,4})(\ue200(\w+)((?:\ue202[^\ue200-\ue20f]*)*)\ue201)/g;
/** A mark without an end. It contains no blanks. */
const openMark = /[ \t]{0,4}\ue200\w+(?:\ue202[^\s\ue200-\ue20f]*)*/g;
const anyMark = /\ue200\w+[\ue201\ue202]|\ue203[^\ue203]*\ue204/;
const olderMark = /[ \t]{0,4}【(\d{1,6})(?::\d{1,6})?†[^【】\n]{0,500}】/g;

export const citationMetadata = {
	/** The replacement of each mark. */
	content_references: listOf,
	/** The sources of older marks. */
	citations: listOf,
};
export type CitationMetadata = v.InferOutput<v.ObjectSchema<typeof citationMetadata, undefined>>;

const pageSchema = v.object({ title: text, url: text });
const referenceSchema = v.object({
	matched_text: v.string(),
	type: text,
	/** Markdown that ChatGPT itself uses when copying. */
	alt: text,
	title: text,
	url: text,
	name: text,
	items: listOf,
});
const citationSchema = v.object({
	metadata: v.object({
		title: text,
		url: text,
		extra: v.fallback(v.nullish(v.object({ cited_message_idx: number })), undefined),
	}),
});

/** Replaces an answer's marks with links. Removes and counts those that lead nowhere. */
export function withCitations(
	answer: string,
	metadata: CitationMetadata | null | undefined,
	omissions: OmissionCounts,
): string {
	const count = (): string => {
		omissions.citations += 1;
		return "";
	};
	let said = answer;
	if (anyMark.test(said)) {
		const known = referencesOf(metadata);
		said = said
			.replace(mark, (_, blanks: string, whole: string, kind: string, rest: string) => {
				const shown = known.get(whole) ?? wordsIn(kind, rest.split("\ue202").slice(1));
				return shown === undefined ? count() : shown === "" ? "" : blanks + shown;
			})
			.replace(openMark, count)
			.replace(/[\ue200-\ue206]/g, "");
	}
	const hasOlder =
		(metadata?.citations?.length ?? 0) + (metadata?.content_references?.length ?? 0) > 0;
	if (hasOlder && said.includes("【")) {
		const known = new Map([...olderCitations(metadata), ...referencesOf(metadata)]);
		said = said.replace(olderMark, (whole, number: string) => {
			const shown = known.get(whole.trim()) ?? known.get(number);
			return shown === undefined ? count() : ` ${shown}`;
		});
	}
	return said;
}

/** Returns the replacement of each mark that leads somewhere. */
function referencesOf(metadata: CitationMetadata | null | undefined): Map<string, string> {
	const known = new Map<string, string>();
	for (const reference of entriesOf(referenceSchema, metadata?.content_references)) {
		const { matched_text, type, alt, title, name, url, items } = reference;
		// Other references replace blanks, for example the list of sources at the end.
		if (/[\ue200【]/.test(matched_text)) {
			const pages = entriesOf(pageSchema, items);
			const links = (pages.length > 0 ? pages : [{ title: title ?? name, url }])
				.map((page) => link(page.title, page.url))
				.filter(isLink);
			const shown =
				type !== "hidden" && alt ? alt : links.length > 0 ? `(${links.join(", ")})` : (name ?? "");
			if (type === "hidden" || shown !== "") {
				known.set(matched_text, type === "hidden" ? "" : shown);
			}
		}
	}
	return known;
}

/** Returns the replacements of older marks, by the number in each. */
function olderCitations(metadata: CitationMetadata | null | undefined): [string, string][] {
	return entriesOf(citationSchema, metadata?.citations).flatMap(({ metadata: page }) => {
		const number = page.extra?.cited_message_idx;
		const shown = link(page.title, page.url);
		return typeof number === "number" && isLink(shown) ? [[String(number), `(${shown})`]] : [];
	});
}

function isLink(shown: string): boolean {
	return shown.startsWith("[");
}

/** Returns the words in a mark that is part of the sentence; `undefined` for a mark that only cites. */
function wordsIn(kind: string, parts: readonly string[]): string | undefined {
	const [first = ""] = parts;
	if (kind === "url" || kind === "link_title") {
		return first;
	}
	if (kind === "entity") {
		// ["city", "Lisbon", "capital of Portugal"]
		const words = first
			.slice(0, 500)
			.split('"')
			.filter((word) => /[^\s,[\]]/.test(word));
		return words[1];
	}
	return undefined;
}
