import * as v from "valibot";
import { fenced } from "../../protocol/text/markdownText";
import { assembleChat } from "../assembleChat";
import { canvasChange, withCanvases, type CanvasContent, type PatternBudget } from "./canvas";
import { messageSchema, contentParts, said, type ChatGptMessage } from "./chatGptMessage";
import { withCitations } from "./citations";
import {
	completeElsewhere,
	lengthOfNode,
	textMember,
	epochMsIn,
	type AssembledChat,
	type ChatFormat,
	type ImportedContent,
	type ImportedNode,
	type Members,
	type OmissionCounts,
} from "../importedChat";
import { marker, paragraphs, shownText } from "../importedText";
import { entriesOf, keys, parsed, text } from "../json/lenient";
import { inTreeOrder } from "./treeOrder";

const linkSchema = v.object({
	parent: v.fallback(v.optional(v.nullable(v.string())), undefined),
	children: keys,
});
const nodeSchema = v.object({ message: v.nullish(messageSchema) });
const thoughtSchema = v.object({ summary: text, content: text });

type Content = ImportedContent | CanvasContent;
const nothing: Content = { kind: "nothing" };

/** Reads one conversation of ChatGPT's export, `conversations.json`. */
export class ChatGptChat implements ChatFormat {
	readonly #omissions: OmissionCounts;
	readonly #patterns: PatternBudget;
	readonly #nodes = new Map<string, ImportedNode<Content>>();

	constructor(omissions: OmissionCounts, patterns: PatternBudget) {
		this.#omissions = omissions;
		this.#patterns = patterns;
	}

	add(key: string, json: unknown): number {
		if (this.#nodes.has(key)) {
			this.#omissions.brokenMessages += 1;
			return 0;
		}
		const links = parsed(linkSchema, json);
		const node = parsed(nodeSchema, json);
		if (!node) {
			this.#omissions.brokenMessages += 1;
		}
		const read: ImportedNode<Content> = {
			key,
			parentKey: links?.parent,
			...(links?.children && { childKeys: links.children }),
			content: node?.message ? this.#contentOf(node.message) : nothing,
		};
		this.#nodes.set(key, read);
		return lengthOfNode(read) + (read.content.kind === "canvas" ? said(node?.message).length : 0);
	}

	finish(members: Members): AssembledChat {
		return assembleChat(
			{
				title: textMember(members, "title"),
				createdAtMs: epochMsIn(members.get("create_time")),
				pinned: members.get("is_starred") === true,
				headKey: textMember(members, "current_node"),
				order: withCanvases(inTreeOrder([...this.#nodes.values()]), this.#patterns),
			},
			this.#omissions,
		);
	}

	#contentOf(message: ChatGptMessage): Content {
		const { author, metadata, content } = message;
		const isHidden =
			metadata?.is_visually_hidden_from_conversation === true ||
			content?.content_type?.endsWith("_editable_context") === true;
		if (isHidden || author.role === "system") {
			// Counts instructions that the program adds, and the user's custom instructions.
			this.#omissions.systemMessages += said(message).trim() === "" ? 0 : 1;
			return nothing;
		}
		switch (author.role) {
			case "user": {
				const words = paragraphs(contentParts(message, this.#omissions));
				return words === ""
					? nothing
					: { kind: "user", atMs: epochMsIn(message.create_time), text: words };
			}
			case "assistant":
				return message.recipient && message.recipient !== "all"
					? this.#callOf(message, message.recipient)
					: this.#answerOf(message);
			case "tool":
				return this.#resultOf(message);
			default:
				this.#omissions.brokenMessages += 1;
				return nothing;
		}
	}

	/** Converts the model's call of a tool. */
	#callOf(message: ChatGptMessage, recipient: string): Content {
		const call = said(message);
		if (recipient.startsWith("canmore.")) {
			const change = canvasChange(recipient, call);
			if (change) {
				return { kind: "canvas", atMs: epochMsIn(message.create_time), change };
			}
		}
		if (recipient === "python" && call.trim() !== "") {
			return this.#run(message, fenced(shownText(call, this.#omissions), "python"));
		}
		this.#omissions.toolMessages += 1;
		return nothing;
	}

	/** Converts a tool's result. */
	#resultOf(message: ChatGptMessage): Content {
		const { content, metadata } = message;
		// A picture made by a tool is part of the answer.
		const isPicture = (part: unknown): boolean =>
			parsed(v.object({ content_type: v.literal("image_asset_pointer") }), part) !== undefined;
		const pictures = (content?.parts ?? []).filter(isPicture);
		if (pictures.length > 0) {
			this.#omissions.toolMessages += 1;
			const title = metadata?.image_gen_title;
			const images = pictures.map(() => marker("images", title, this.#omissions));
			return answer(message, "", paragraphs(images));
		}
		if (content?.content_type === "execution_output") {
			const drawn = entriesOf(
				v.object({ message_type: v.literal("image") }),
				metadata?.aggregate_result?.messages,
			);
			return this.#run(
				message,
				paragraphs([
					content.text?.trim() ? fenced(shownText(content.text, this.#omissions), "") : "",
					...drawn.map(() => marker("images", undefined, this.#omissions)),
				]),
			);
		}
		this.#omissions.toolMessages += said(message).trim() === "" && !content ? 0 : 1;
		return nothing;
	}

	/** Converts executed code, or its output: part of the thoughts if it ran while thinking, otherwise of the answer. */
	#run(message: ChatGptMessage, block: string): ImportedContent {
		return message.metadata?.reasoning_status === "is_reasoning"
			? answer(message, block, "")
			: answer(message, "", block);
	}

	#answerOf(message: ChatGptMessage): ImportedContent {
		const { content, metadata } = message;
		switch (content?.content_type) {
			case "thoughts":
				return answer(
					message,
					paragraphs(
						entriesOf(thoughtSchema, content.thoughts).map(({ summary, content: words }) =>
							paragraphs([summary ?? "", shownText(words ?? "", this.#omissions)]),
						),
					),
					"",
				);
			case "reasoning_recap":
				return { kind: "nothing" };
			default: {
				const parts = contentParts(message, this.#omissions);
				return answer(message, "", withCitations(paragraphs(parts), metadata, this.#omissions));
			}
		}
	}
}

function answer(message: ChatGptMessage, thought: string, reply: string): ImportedContent {
	const isWhole = [undefined, null, "finished_successfully"].includes(message.status);
	return thought.trim() === "" && reply.trim() === ""
		? { kind: "nothing" }
		: {
				kind: "answer",
				atMs: epochMsIn(message.create_time),
				thought,
				thoughtDurationMs: null,
				reply,
				outcome: isWhole ? completeElsewhere : { kind: "interrupted" },
			};
}
