import type { OmissionKind } from "../protocol/import/chatImport";
import { maxTextLength } from "../protocol/text/textLimit";
import type { OmissionCounts } from "./importedChat";
import { cutMark } from "./json/valueScanner";

/** Appended to a text that was cut. */
const cutSentence = "[The rest of this text is too long and was not imported.]";
/** A picture embedded in Markdown, up to its end or to where the text was cut. */
const embeddedImage = /!\[[^\]\n]{0,500}\]\(data:image\/[^)\s]*\)?/g;

/** Returns a text as it is shown: cut to the limit, with embedded pictures replaced. */
export function shownText(text: string, omissions: OmissionCounts): string {
	const shown = text.includes("(data:image/")
		? text.replace(embeddedImage, () => marker("images", undefined, omissions))
		: text;
	return boundedText(shown, omissions);
}

/** Returns a text unchanged, unless it is too long for a message. */
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

/** Counts an omission and returns the text that replaces it. */
export function marker(
	kind: Extract<OmissionKind, keyof typeof markerNouns>,
	name: unknown,
	omissions: OmissionCounts,
): string {
	omissions[kind] += 1;
	// The result is shown as Markdown, so a file name must not form a link or a second line.
	const shown =
		typeof name === "string"
			? name
					.slice(0, 200)
					.replace(/[\s[\]()<>`\\]+/g, " ")
					.trim()
			: "";
	return `[${markerNouns[kind]} not imported${shown === "" ? "" : `: ${shown}`}]`;
}

/** Joins the texts that are not blank, separated by blank lines. */
export function paragraphs(texts: readonly string[]): string {
	return texts.filter((text) => text.trim() !== "").join("\n\n");
}

/** Returns a Markdown link, or only its title if the address is not a web address. */
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
