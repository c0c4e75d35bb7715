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

const partSchema = v.object({
	type: v.string(),
	text: v.nullish(v.string()),
	/** Marks of the model's own language, such as the name of a channel. */
	isStructural: v.nullish(v.boolean()),
	fileType: v.nullish(v.string()),
});

const partsSchema = v.nullish(
	v.pipe(
		v.union([v.string(), v.array(partSchema)]),
		v.transform((content) =>
			typeof content === "string" ? [{ type: "text", text: content }] : content,
		),
	),
);

const versionSchema = v.object({
	role: v.string(),
	/** Of a message in one step. */
	content: partsSchema,
	/** Of an answer in several steps: thoughts, words, calls of tools, notes of the program. */
	steps: v.nullish(
		v.array(
			v.object({
				type: v.string(),
				style: v.nullish(v.object({ type: v.nullish(v.string()) })),
				content: partsSchema,
			}),
		),
	),
});

const chatSchema = v.object({
	name: v.nullish(v.string()),
	pinned: v.nullish(v.boolean()),
	createdAt: v.nullish(v.number()),
	systemPrompt: v.nullish(v.string()),
	messages: v.array(
		v.object({ versions: v.array(versionSchema), currentlySelected: v.nullish(v.number()) }),
	),
});

type Version = v.InferOutput<typeof versionSchema>;
type Part = v.InferOutput<typeof partSchema>;

/** Reads a `*.conversation.json` of LM Studio: a list of messages, of which each may have several versions. */
export function lmStudioChat(json: unknown, context: ImportContext): ReadChat {
	const parsed = v.safeParse(chatSchema, json);
	if (!parsed.success) {
		return "wrongShape";
	}
	const { name, pinned, createdAt, systemPrompt, messages } = parsed.output;
	context.omissions.systemMessages += systemPrompt?.trim() ? 1 : 0;
	const createdAtMs = timeMs(createdAt);
	const nodes: ImportedNode[] = [];
	let parentKey: string | null = null;
	for (const [index, { versions, currentlySelected }] of messages.entries()) {
		const added = versions.map((version, place): ImportedNode => ({
			key: `${index}.${place}`,
			parentKey,
			content: contentOf(version, createdAtMs, context),
		}));
		for (const node of added) {
			nodes.push(node);
		}
		// What follows was said to the version that is selected.
		parentKey = (added[currentlySelected ?? 0] ?? added.at(-1))?.key ?? parentKey;
	}
	return assembleChat(
		{
			title: name ?? undefined,
			createdAtMs,
			pinned: pinned === true,
			headKey: parentKey ?? undefined,
			nodes,
		},
		context,
	);
}

function contentOf(
	{ role, content, steps }: Version,
	atMs: number | undefined,
	context: ImportContext,
): ImportedContent {
	if (role === "user") {
		const text = textOf(content ?? [], context);
		return text.trim() === "" ? { kind: "nothing" } : { kind: "user", atMs, text };
	}
	if (role !== "assistant") {
		context.omissions.systemMessages += role === "system" ? 1 : 0;
		context.omissions.toolMessages += role === "system" ? 0 : 1;
		return { kind: "nothing" };
	}
	const thoughts: string[] = [];
	const words = [textOf(content ?? [], context)];
	for (const step of steps ?? []) {
		if (step.type === "contentBlock") {
			const text = textOf(step.content ?? [], context);
			(step.style?.type === "thinking" ? thoughts : words).push(text);
		}
	}
	const thought = paragraphs(thoughts);
	const reply = paragraphs(words);
	return thought === "" && reply === ""
		? { kind: "nothing" }
		: {
				kind: "answer",
				atMs,
				thought,
				thoughtDurationMs: null,
				reply,
				outcome: completeElsewhere,
			};
}

function textOf(parts: readonly Part[], { omissions }: ImportContext): string {
	const said: string[] = [];
	for (const { type, text, isStructural, fileType } of parts) {
		if (type === "text") {
			said.push(isStructural === true ? "" : (text ?? ""));
		} else if (type === "file") {
			omissions[fileType === "image" ? "images" : "files"] += 1;
			said.push(`\n\n${fileType === "image" ? imageMarker : fileMarker}\n\n`);
		} else if (type === "toolCallRequest" || type === "toolCallResult") {
			omissions.toolMessages += 1;
		}
	}
	return said.join("").replace(/^\n+|\n+$/g, "");
}

function paragraphs(texts: readonly string[]): string {
	return texts.filter((text) => text.trim() !== "").join("\n\n");
}
