import * as v from "valibot";
import { assembleChat } from "../assembleChat";
import { withoutDetails } from "./detailsBlocks";
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
import { link, marker, paragraphs, shownText } from "../importedText";
import { entriesOf, flag, keys, lenient, listOf, number, parsed, text } from "../json/lenient";
import { inTreeOrder } from "./treeOrder";

const linkSchema = v.object({
	id: text,
	parentId: v.fallback(v.optional(v.nullable(v.string())), undefined),
	childrenIds: keys,
});

const messageSchema = v.object({
	role: v.string(),
	content: v.nullish(v.union([v.string(), v.array(v.unknown())])),
	timestamp: number,
	/** `false` if the answer was still being written. */
	done: flag,
	files: listOf,
	sources: listOf,
	error: v.nullish(v.unknown()),
});

/** One part of a multi-part message. */
const partSchema = v.object({ type: text, text });
const fileSchema = v.object({
	type: text,
	name: text,
	file: lenient(v.object({ filename: text, name: text })),
});
const sourceSchema = v.object({ source: v.object({ name: text, url: text }) });
const errorSchema = v.object({ content: v.string() });
const mostSources = 50;

type Message = v.InferOutput<typeof messageSchema>;

/** Reads one conversation of Open WebUI's export. Its `history` is the tree, its `messages` the path that was shown. */
export class OpenWebUiChat implements ChatFormat {
	readonly #omissions: OmissionCounts;
	readonly #nodes = new Map<string, ImportedNode>();

	constructor(omissions: OmissionCounts) {
		this.#omissions = omissions;
	}

	add(place: string, json: unknown): number {
		const links = parsed(linkSchema, json);
		// Some versions use a list instead of a map; a message then contains its own id.
		const key = /^\d+$/.test(place) ? (links?.id ?? place) : place;
		if (this.#nodes.has(key)) {
			this.#omissions.brokenMessages += 1;
			return 0;
		}
		const node: ImportedNode = {
			key,
			parentKey: links?.parentId,
			...(links?.childrenIds && { childKeys: links.childrenIds }),
			content: this.#contentOf(json),
		};
		this.#nodes.set(key, node);
		return lengthOfNode(node);
	}

	finish(members: Members): AssembledChat {
		const time = members.get("created_at");
		return assembleChat(
			{
				title: textMember(members, "title") ?? textMember(members, "chat.title"),
				createdAtMs: epochMsIn(time),
				pinned: members.get("pinned") === true,
				headKey:
					textMember(members, "history.currentId") ?? textMember(members, "history.current_id"),
				order: inTreeOrder([...this.#nodes.values()]),
			},
			this.#omissions,
		);
	}

	#contentOf(json: unknown): ImportedContent {
		const message = parsed(messageSchema, json);
		if (!message) {
			this.#omissions.brokenMessages += 1;
			return { kind: "nothing" };
		}
		const { role, timestamp } = message;
		const atMs = epochMsIn(timestamp);
		if (role === "user") {
			const said = paragraphs([this.#textOf(message), ...this.#filesOf(message)]);
			return said === "" ? { kind: "nothing" } : { kind: "user", atMs, text: said };
		}
		if (role !== "assistant") {
			this.#omissions[role === "system" ? "systemMessages" : "toolMessages"] += 1;
			return { kind: "nothing" };
		}
		return this.#answerOf(message, atMs);
	}

	#answerOf(message: Message, atMs: number | undefined): ImportedContent {
		// Thoughts and tool calls are HTML elements in the answer's text.
		const { text: said, thoughts, thoughtSeconds, others } = withoutDetails(this.#textOf(message));
		this.#omissions.toolMessages += others;
		const failure = parsed(errorSchema, message.error)?.content ?? "";
		const reply = paragraphs([
			said,
			...this.#filesOf(message),
			failure === "" ? "" : `*${failure.slice(0, 1_000).replace(/\s+/g, " ").trim()}*`,
			sourcesOf(message),
		]);
		const isWhole = message.done !== false && failure === "";
		return reply === "" && thoughts === ""
			? { kind: "nothing" }
			: {
					kind: "answer",
					atMs,
					thought: thoughts,
					thoughtDurationMs: thoughtSeconds === undefined ? null : thoughtSeconds * 1000,
					reply,
					outcome: isWhole ? completeElsewhere : { kind: "interrupted" },
				};
	}

	#textOf({ content }: Message): string {
		if (typeof content === "string") {
			return shownText(content, this.#omissions);
		}
		const said = (content ?? []).map((part) => {
			const known =
				typeof part === "string" ? { type: "text", text: part } : parsed(partSchema, part);
			if (typeof known?.text === "string") {
				return shownText(known.text, this.#omissions);
			}
			return known?.type?.startsWith("image") === true
				? marker("images", undefined, this.#omissions)
				: this.#other();
		});
		return paragraphs(said);
	}

	#filesOf({ files }: Message): string[] {
		return entriesOf(fileSchema, files).map(({ type, name, file }) =>
			marker(
				type?.startsWith("image") === true ? "images" : "files",
				name ?? file?.filename ?? file?.name,
				this.#omissions,
			),
		);
	}

	#other(): string {
		this.#omissions.otherParts += 1;
		return "";
	}
}

/** Returns the list of sources that an answer refers to by number. */
function sourcesOf({ sources }: Message): string {
	const named = entriesOf(sourceSchema, sources)
		.slice(0, mostSources)
		.map(({ source: { name, url } }) => link(name, url ?? name))
		.filter((source) => source !== "");
	return named.length === 0
		? ""
		: `Sources:\n\n${named.map((source, index) => `${index + 1}. ${source}`).join("\n")}`;
}
