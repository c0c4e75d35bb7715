import * as v from "valibot";
import { fenced } from "../../protocol/text/markdownText";
import { citationMetadata } from "./citations";
import type { OmissionCounts } from "../importedChat";
import { marker, paragraphs, shownText } from "../importedText";
import { entriesOf, flag, lenient, listOf, number, parsed, text } from "../json/lenient";

/** A message in ChatGPT's export. Fields of an unexpected type are treated as absent. */
export const messageSchema = v.object({
	author: v.object({ role: v.string() }),
	create_time: number,
	/** "finished_successfully", "in_progress"… */
	status: text,
	/** "all", or the tool that the message calls. */
	recipient: text,
	content: lenient(
		v.object({
			content_type: text,
			parts: listOf,
			text,
			language: text,
			thoughts: listOf,
			/** The source of a quoted text. */
			title: text,
		}),
	),
	metadata: lenient(
		v.object({
			is_visually_hidden_from_conversation: flag,
			attachments: listOf,
			/** "is_reasoning" while the model thinks. */
			reasoning_status: text,
			image_gen_title: text,
			aggregate_result: lenient(v.object({ messages: listOf })),
			...citationMetadata,
		}),
	),
});

export type ChatGptMessage = v.InferOutput<typeof messageSchema>;

const partSchema = v.object({
	content_type: text,
	text,
	/** "sediment://file_1", "file-service://file-1" */
	asset_pointer: text,
});
type Part = v.InferOutput<typeof partSchema>;
const attachmentSchema = v.object({ id: text, name: text, mime_type: text });
type Attachment = v.InferOutput<typeof attachmentSchema>;

/** Markers shown per message; further ones are only counted. */
const mostMarkers = 20;

/** Returns the text of a message, without markers for other content. */
export function said(message: ChatGptMessage | null | undefined): string {
	const content = message?.content;
	return paragraphs([
		...(content?.parts ?? []).filter((part) => typeof part === "string"),
		content?.text ?? "",
	]);
}

/** Returns what a message shows, part by part. */
export function contentParts(message: ChatGptMessage, omissions: OmissionCounts): string[] {
	const { content, metadata } = message;
	const attachments = entriesOf(attachmentSchema, metadata?.attachments);
	const named = new Set<Attachment>();
	const parts = content?.parts ?? [];
	const isTranscribed = parts.some(
		(part) => parsed(partSchema, part)?.content_type === "audio_transcription",
	);
	const nameOf = ({ asset_pointer, content_type }: Part): string | null | undefined => {
		const free = attachments.filter((attachment) => !named.has(attachment));
		const attachment =
			free.find(({ id }) => id && asset_pointer?.endsWith(`/${id}`)) ??
			(content_type === "image_asset_pointer" ? free.find(isImage) : undefined);
		if (attachment) {
			named.add(attachment);
		}
		return attachment?.name;
	};
	const shown = parts.map((part) => {
		const known = typeof part === "string" ? { text: part } : parsed(partSchema, part);
		if (known && "content_type" in known) {
			switch (known.content_type) {
				case "image_asset_pointer":
					return marker("images", nameOf(known), omissions);
				case "audio_asset_pointer":
				case "video_container_asset_pointer":
				case "real_time_user_audio_video_asset_pointer": {
					const recording = marker("recordings", nameOf(known), omissions);
					return isTranscribed ? "" : recording;
				}
				default:
			}
		}
		if (typeof known?.text === "string") {
			return shownText(known.text, omissions);
		}
		omissions.otherParts += 1;
		return "";
	});
	if (content?.text) {
		const text = shownText(content.text, omissions);
		shown.push(
			content.content_type === "code"
				? fenced(text, content.language ?? "")
				: quoteOf(message, text),
		);
	}
	const files = attachments
		.filter((attachment) => !named.has(attachment))
		.map((file) => marker(isImage(file) ? "images" : "files", file.name, omissions));
	return [...shown, files.slice(0, mostMarkers).join(" ")];
}

function isImage({ mime_type, name }: Attachment): boolean {
	return (
		mime_type?.startsWith("image/") === true ||
		/\.(?:png|jpe?g|gif|webp|heic|bmp|svg)$/i.test(name ?? "")
	);
}

/** Formats a text that the user quoted as a quotation. */
function quoteOf({ content }: ChatGptMessage, text: string): string {
	return content?.content_type === "tether_quote"
		? `> ${text.replace(/\r?\n/g, "\n> ")}${content.title ? `\n>\n> ${content.title.replace(/\s+/g, " ")}` : ""}`
		: text;
}
