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
import { withoutDetails } from "./detailsBlocks";

const messageSchema = v.object({
	parentId: v.nullish(v.string()),
	childrenIds: v.nullish(v.array(v.string())),
	role: v.string(),
	content: v.nullish(v.string()),
	timestamp: v.nullish(v.number()),
	/** `false`: the answer was still being written. */
	done: v.nullish(v.boolean()),
	files: v.nullish(v.array(v.object({ type: v.nullish(v.string()) }))),
});

const chatSchema = v.object({
	title: v.nullish(v.string()),
	created_at: v.nullish(v.number()),
	pinned: v.nullish(v.boolean()),
	chat: v.object({
		title: v.nullish(v.string()),
		history: v.object({
			currentId: v.nullish(v.string()),
			messages: v.record(v.string(), messageSchema),
		}),
	}),
});

type Message = v.InferOutput<typeof messageSchema>;

/** Reads one conversation of Open WebUI's export. */
export function openWebUiChat(json: unknown, context: ImportContext): ReadChat {
	const parsed = v.safeParse(chatSchema, json);
	if (!parsed.success) {
		return "wrongShape";
	}
	const { title, created_at, pinned, chat } = parsed.output;
	const nodes: ImportedNode[] = [];
	for (const [key, message] of Object.entries(chat.history.messages)) {
		nodes.push({
			key,
			parentKey: message.parentId ?? null,
			...(message.childrenIds && { childKeys: message.childrenIds }),
			content: contentOf(message, context),
		});
	}
	return assembleChat(
		{
			title: title ?? chat.title ?? undefined,
			createdAtMs: timeMs(created_at),
			pinned: pinned === true,
			headKey: chat.history.currentId ?? undefined,
			nodes,
		},
		context,
	);
}

function contentOf(message: Message, context: ImportContext): ImportedContent {
	const { role, content, timestamp, done } = message;
	const atMs = timeMs(timestamp);
	if (role === "user") {
		const text = [content ?? "", ...filesOf(message, context)]
			.filter((part) => part.trim() !== "")
			.join("\n\n");
		return text === "" ? { kind: "nothing" } : { kind: "user", atMs, text };
	}
	if (role !== "assistant") {
		context.omissions[role === "system" ? "systemMessages" : "toolMessages"] += 1;
		return { kind: "nothing" };
	}
	// Thoughts and calls of tools stand in the answer, each in an HTML element of its own.
	const { text, thoughts, thoughtSeconds, others } = withoutDetails(content ?? "");
	context.omissions.toolMessages += others;
	const reply = [text, ...filesOf(message, context)]
		.filter((part) => part.trim() !== "")
		.join("\n\n");
	return reply === "" && thoughts === ""
		? { kind: "nothing" }
		: {
				kind: "answer",
				atMs,
				thought: thoughts,
				thoughtDurationMs: thoughtSeconds === undefined ? null : thoughtSeconds * 1000,
				reply,
				outcome: done === false ? { kind: "interrupted" } : completeElsewhere,
			};
}

function filesOf({ files }: Message, { omissions }: ImportContext): string[] {
	return (files ?? []).map(({ type }) => {
		omissions[type === "image" ? "images" : "files"] += 1;
		return type === "image" ? imageMarker : fileMarker;
	});
}
