import type { OmissionKind } from "../protocol/import/chatImport";
import { maxTextLength } from "../protocol/text/textLimit";
import type { OmissionCounts } from "./importedChat";
import { cutMark } from "./json/valueScanner";

/** Stands where a text goes on that was too long. */
const cutSentence = "[The rest of this text is too long and was not imported.]";
/** A picture that is part of the Markdown itself, to its end or to where the text was cut. */
const embeddedImage = /!\[[^\]\n]{0,500}\]\(data:image\/[^)\s]*\)?/g;

/** @returns a text as it is shown: without what is too much of it, and without pictures that are part of it. */
export function shownText(text: string, omissions: OmissionCounts): string {
	const shown = text.includes("(data:image/")
		? text.replace(embeddedImage, () => marker("images", undefined, omissions))
		: text;
	return boundedText(shown, omissions);
}

/** @returns a text as it is, unless it is too long for a message. */
export function boundedText(text: string, omissions: OmissionCounts): string {
	const isCut = text.endsWith(cutMark);
	if (!isCut && text.length <= maxTextLength) {
		return text;
	}
	omissions.longTexts += 1;
	const room = maxTextLength - cutSentence.length - 2;
	const kept = isCut ? text.slice(0, -cutMark.length) : text;
	return `${kept.slice(0, room).replace(/[\ud800-\udbff]$/, "")}\n\n${cutSentence}`;
}

const markerNouns = { images: "image", files: "file", recordings: "recording" } as const;

/** Counts what does not come along. @returns the words that stand in its place. */
export function marker(
	kind: Extract<OmissionKind, keyof typeof markerNouns>,
	name: unknown,
	omissions: OmissionCounts,
): string {
	omissions[kind] += 1;
	// It is shown as Markdown, so that the name of a file makes no link and no second line.
	const shown =
		typeof name === "string"
			? name
					.slice(0, 200)
					.replace(/[\s[\]()<>`\\]+/g, " ")
					.trim()
			: "";
	return `[${markerNouns[kind]} not imported${shown === "" ? "" : `: ${shown}`}]`;
}

/** @returns the texts that are not blank, with a blank line between. */
export function paragraphs(texts: readonly string[]): string {
	return texts.filter((text) => text.trim() !== "").join("\n\n");
}

/** @returns a link in Markdown; the words alone where the address is none of the web. */
export function link(title: unknown, url: unknown): string {
	const words =
		typeof title === "string"
			? title
					.slice(0, 300)
					.replace(/[\s[\]<>`\\]+/g, " ")
					.trim()
			: "";
	if (typeof url !== "string" || !/^https?:\/\/[^\s<>()\\]{1,2000}$/.test(url)) {
		return words;
	}
	return `[${words === "" ? hostOf(url) : words}](${url})`;
}

function hostOf(url: string): string {
	return /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? url;
}
