import * as v from "valibot";
import { assembleChat } from "../assembleChat";
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
import { entriesOf, flag, lenient, listOf, number, parsed, text } from "../json/lenient";
import { inTreeOrder } from "./treeOrder";

const messageSchema = v.object({ versions: v.array(v.unknown()), currentlySelected: number });

const content = lenient(v.union([v.string(), v.array(v.unknown())]));

const versionSchema = v.object({
	role: v.string(),
	/** The content of a single-step message. */
	content,
	/** The steps of an answer: thoughts, text, tool calls, and notes of the program. */
	steps: listOf,
});

const stepSchema = v.object({
	type: v.string(),
	style: lenient(v.object({ type: text })),
	content,
});

const partSchema = v.object({
	type: v.string(),
	text,
	/** Marks of the model's own format, such as the name of a channel. */
	isStructural: flag,
	fileType: text,
	fileIdentifier: text,
});

/** Versions per message. */
const mostVersions = 1_000;

type Content = v.InferOutput<typeof content>;

/** Reads a `*.conversation.json` of LM Studio: a list of messages, each of which may have several versions. */
export class LmStudioChat implements ChatFormat {
	readonly #omissions: OmissionCounts;
	readonly #nodes: ImportedNode[] = [];
	#parentKey: string | null = null;
	#isOfTheFormat = true;

	constructor(omissions: OmissionCounts) {
		this.#omissions = omissions;
	}

	add(key: string, json: unknown): number {
		const message = parsed(messageSchema, json);
		if (!message) {
			// Other programs use a list of that name too.
			this.#isOfTheFormat &&= this.#nodes.length > 0;
			this.#omissions.brokenMessages += 1;
			return 0;
		}
		this.#isOfTheFormat = true;
		const { versions, currentlySelected } = message;
		const added = versions.slice(0, mostVersions).map((version, place) => ({
			key: `${key}.${place}`,
			parentKey: this.#parentKey,
			content: this.#contentOf(version),
		}));
		this.#omissions.excessMessages += versions.length - added.length;
		this.#nodes.push(...added);
		// The next message replies to the selected version.
		this.#parentKey = (added[currentlySelected ?? 0] ?? added.at(-1))?.key ?? this.#parentKey;
		return added.reduce((length, node) => length + lengthOfNode(node), 0);
	}

	finish(members: Members): AssembledChat | undefined {
		if (!this.#isOfTheFormat) {
			return undefined;
		}
		this.#omissions.systemMessages += textMember(members, "systemPrompt")?.trim() ? 1 : 0;
		return assembleChat(
			{
				title: textMember(members, "name"),
				createdAtMs: epochMsIn(members.get("createdAt")),
				pinned: members.get("pinned") === true,
				headKey: this.#parentKey ?? undefined,
				order: inTreeOrder(this.#nodes),
			},
			this.#omissions,
		);
	}

	#contentOf(json: unknown): ImportedContent {
		const version = parsed(versionSchema, json);
		if (!version) {
			this.#omissions.brokenMessages += 1;
			return { kind: "nothing" };
		}
		const { role, steps } = version;
		if (role === "user") {
			const said = this.#textOf(version.content);
			return said.trim() === ""
				? { kind: "nothing" }
				: { kind: "user", atMs: undefined, text: said };
		}
		if (role !== "assistant") {
			this.#omissions[role === "system" ? "systemMessages" : "toolMessages"] += 1;
			return { kind: "nothing" };
		}
		const thoughts: string[] = [];
		const words = [this.#textOf(version.content)];
		for (const step of entriesOf(stepSchema, steps)) {
			if (step.type === "contentBlock") {
				(step.style?.type === "thinking" ? thoughts : words).push(this.#textOf(step.content));
			}
		}
		const thought = paragraphs(thoughts);
		const reply = paragraphs(words);
		return thought === "" && reply === ""
			? { kind: "nothing" }
			: {
					kind: "answer",
					atMs: undefined,
					thought,
					thoughtDurationMs: null,
					reply,
					outcome: completeElsewhere,
				};
	}

	#textOf(content: Content): string {
		if (typeof content === "string") {
			return shownText(content, this.#omissions);
		}
		const said = (content ?? []).map((part) => {
			const known =
				typeof part === "string" ? { type: "text", text: part } : parsed(partSchema, part);
			switch (known?.type) {
				case "text":
					return "isStructural" in known && known.isStructural === true
						? ""
						: shownText(known.text ?? "", this.#omissions);
				case "file":
					return `\n\n${"fileType" in known ? this.#fileMarker(known.fileType, known.fileIdentifier) : ""}\n\n`;
				case "toolCallRequest":
				case "toolCallResult":
					this.#omissions.toolMessages += 1;
					return "";
				default:
					this.#omissions.otherParts += 1;
					return "";
			}
		});
		return said.join("").replace(/^\n+|\n+$/g, "");
	}

	#fileMarker(type: string | null | undefined, identifier: string | null | undefined): string {
		// "1750000000000 - rain.png"
		const name = identifier?.replace(/^\d+ - /, "");
		return marker(type === "image" ? "images" : "files", name, this.#omissions);
	}
}
