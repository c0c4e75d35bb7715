import * as v from "valibot";
import { maxImportedName } from "../protocol/chatImport";
import type { AssembledChat, ChatFormat, Members, OmissionCounts } from "./importedChat";
import { boundedText } from "./importedText";
import { parsed, text } from "./lenient";
import { inTreeOrder, type TreeLink } from "./treeOrder";

const linkSchema = v.object({
	id: v.string(),
	parentId: v.fallback(v.optional(v.nullable(v.string())), undefined),
	role: v.picklist(["user", "assistant"]),
});
const textsSchema = v.object({ text, thought: text, reply: text });
const titleSchema = v.object({ text: v.string(), by: v.picklist(["user", "model"]) });

interface OwnNode extends TreeLink {
	readonly turn: unknown;
}

/** Reads one conversation of the extension's own export. The host looks at each turn: it knows what a turn is. */
export class OwnChat implements ChatFormat {
	readonly #omissions: OmissionCounts;
	readonly #nodes = new Map<string, OwnNode>();

	constructor(omissions: OmissionCounts) {
		this.#omissions = omissions;
	}

	add(_place: string, json: unknown): number {
		const link = parsed(linkSchema, json);
		if (!link || this.#nodes.has(link.id)) {
			this.#omissions.brokenMessages += 1;
			return 0;
		}
		const turn = this.#bounded(json);
		this.#nodes.set(link.id, { key: link.id, parentKey: link.parentId, turn });
		return JSON.stringify(turn).length;
	}

	finish(members: Members): AssembledChat {
		const { nodes, moved } = inTreeOrder([...this.#nodes.values()]);
		this.#omissions.movedMessages += moved;
		const numbers = new Map(nodes.map(({ node }, number) => [node.key, number]));
		const title = parsed(titleSchema, members.get("title"));
		const createdAtMs = members.get("createdAtMs");
		const folder = members.get("folder");
		const headId = members.get("headId");
		return {
			title:
				title && title.text.trim() !== ""
					? { ...title, text: title.text.slice(0, maxImportedName) }
					: null,
			createdAtMs: typeof createdAtMs === "number" ? createdAtMs : null,
			folder: typeof folder === "string" ? folder.slice(0, maxImportedName) : null,
			pinned: members.get("pinned") === true,
			turns: nodes.map(({ node, parentKey }) => ({
				parent: parentKey === null ? null : (numbers.get(parentKey) ?? null),
				turn: node.turn,
			})),
			// A head that is not in the file: the last turn is.
			head: headId === null ? null : typeof headId === "string" ? numbers.get(headId) : undefined,
			queued: members.get("queued") ?? null,
		};
	}

	/** @returns a turn without texts that were cut, or are longer than texts are. */
	#bounded(turn: unknown): unknown {
		const texts = Object.entries(parsed(textsSchema, turn) ?? {}).flatMap(([name, said]) =>
			typeof said === "string" ? [[name, boundedText(said, this.#omissions)] as const] : [],
		);
		return { ...(turn as object), ...Object.fromEntries(texts) };
	}
}
