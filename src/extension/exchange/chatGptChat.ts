import * as v from "valibot";
import { assembleChat } from "./assembleChat";
import {
	completeElsewhere,
	fileMarker,
	imageMarker,
	timeMs,
	type ImportContext,
	type ImportedContent,
	type ImportedNode,
	type ReadChat,
} from "./importedChat";

const messageSchema = v.object({
	author: v.object({ role: v.string() }),
	create_time: v.nullish(v.number()),
	/** "finished_successfully", "in_progress"… */
	status: v.nullish(v.string()),
	/** "all", or the tool that the message calls. */
	recipient: v.nullish(v.string()),
	content: v.nullish(
		v.object({
			content_type: v.nullish(v.string()),
			parts: v.nullish(v.array(v.unknown())),
			text: v.nullish(v.string()),
			language: v.nullish(v.string()),
			thoughts: v.nullish(
				v.array(v.object({ summary: v.nullish(v.string()), content: v.nullish(v.string()) })),
			),
		}),
	),
	metadata: v.nullish(
		v.object({
			is_visually_hidden_from_conversation: v.nullish(v.boolean()),
			attachments: v.nullish(v.array(v.unknown())),
		}),
	),
});

const nodeSchema = v.object({
	parent: v.nullish(v.string()),
	children: v.nullish(v.array(v.string())),
	message: v.nullish(messageSchema),
});

const chatSchema = v.object({
	title: v.nullish(v.string()),
	create_time: v.nullish(v.number()),
	current_node: v.nullish(v.string()),
	mapping: v.record(v.string(), nodeSchema),
});

const partSchema = v.object({ content_type: v.nullish(v.string()), text: v.nullish(v.string()) });

type Message = v.InferOutput<typeof messageSchema>;

/** Reads one conversation of ChatGPT's export, `conversations.json`. */
export function chatGptChat(json: unknown, context: ImportContext): ReadChat {
	const parsed = v.safeParse(chatSchema, json);
	if (!parsed.success) {
		return "wrongShape";
	}
	const { title, create_time, current_node, mapping } = parsed.output;
	const nodes: ImportedNode[] = [];
	const keys = new Set(Object.keys(mapping));
	for (const [key, { parent, children, message }] of Object.entries(mapping)) {
		nodes.push({
			key,
			// The beginning of some conversations hangs on a node that is not in the file.
			parentKey: typeof parent === "string" && keys.has(parent) ? parent : null,
			...(children && { childKeys: children }),
			content: message ? contentOf(message, context) : { kind: "nothing" },
		});
	}
	return assembleChat(
		{
			title: title ?? undefined,
			createdAtMs: timeMs(create_time),
			pinned: false,
			headKey: current_node ?? undefined,
			nodes,
		},
		context,
	);
}

function contentOf(message: Message, context: ImportContext): ImportedContent {
	const { omissions } = context;
	const role = message.author.role;
	if (message.metadata?.is_visually_hidden_from_conversation === true || role === "system") {
		// Instructions that the program adds, and those of the person's own for every conversation.
		omissions.systemMessages += hasText(message) ? 1 : 0;
		return { kind: "nothing" };
	}
	if (role === "user") {
		const text = paragraphs([...partsOf(message, context), ...attachedFiles(message, context)]);
		return text === ""
			? { kind: "nothing" }
			: { kind: "user", atMs: timeMs(message.create_time), text };
	}
	const isCall = ![undefined, null, "all"].includes(message.recipient);
	if (role !== "assistant" || isCall) {
		omissions.toolMessages += 1;
		// A picture that a tool made is part of the answer.
		const images = (message.content?.parts ?? []).filter(isImage).map(() => imageMarker);
		omissions.images += images.length;
		return images.length > 0 ? answer(message, "", paragraphs(images)) : { kind: "nothing" };
	}
	switch (message.content?.content_type) {
		case "thoughts":
			return answer(message, thoughtsOf(message), "");
		case "reasoning_recap":
			return { kind: "nothing" };
		default:
			return answer(message, "", paragraphs(partsOf(message, context)));
	}
}

function answer(message: Message, thought: string, reply: string): ImportedContent {
	const isWhole = [undefined, null, "finished_successfully"].includes(message.status);
	return thought === "" && reply === ""
		? { kind: "nothing" }
		: {
				kind: "answer",
				atMs: timeMs(message.create_time),
				thought,
				thoughtDurationMs: null,
				reply,
				outcome: isWhole ? completeElsewhere : { kind: "interrupted" },
			};
}

function thoughtsOf({ content }: Message): string {
	return paragraphs(
		(content?.thoughts ?? []).map((thought) =>
			paragraphs([thought.summary ?? "", thought.content ?? ""]),
		),
	);
}

/** @returns what a message says, part by part. */
function partsOf({ content }: Message, { omissions }: ImportContext): string[] {
	const said = (content?.parts ?? []).map((part) => {
		if (typeof part === "string") {
			return part;
		}
		if (isImage(part)) {
			omissions.images += 1;
			return imageMarker;
		}
		const parsed = v.safeParse(partSchema, part);
		if (parsed.success && parsed.output.text) {
			return parsed.output.text;
		}
		omissions.files += 1;
		return fileMarker;
	});
	if (content?.text) {
		said.push(content.content_type === "code" ? fenced(content.text) : content.text);
	}
	return said;
}

function attachedFiles({ metadata, content }: Message, { omissions }: ImportContext): string[] {
	// Pictures are among the attachments and among the parts.
	const images = (content?.parts ?? []).filter(isImage).length;
	const files = Math.max(0, (metadata?.attachments ?? []).length - images);
	omissions.files += files;
	return files > 0 ? [Array<string>(Math.min(files, 20)).fill(fileMarker).join(" ")] : [];
}

function isImage(part: unknown): boolean {
	const parsed = v.safeParse(partSchema, part);
	return parsed.success && parsed.output.content_type === "image_asset_pointer";
}

function hasText({ content }: Message): boolean {
	const words = [content?.text, ...(content?.parts ?? [])];
	return words.some((part) => typeof part === "string" && part.trim() !== "");
}

function fenced(code: string): string {
	const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}\n${code}\n${fence}`;
}

/** @returns the texts that are not blank, with a blank line between. */
function paragraphs(texts: readonly string[]): string {
	return texts.filter((text) => text.trim() !== "").join("\n\n");
}
