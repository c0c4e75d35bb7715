import * as v from "valibot";
import { maxImportedName } from "../../protocol/import/chatImport";
import { plainLine } from "../../protocol/text/plainLine";
import type { AssembledChat, ChatFormat, Members, OmissionCounts } from "../importedChat";
import { boundedText } from "../importedText";
import { parsed } from "../json/lenient";
import { inTreeOrder, type TreeLink } from "./treeOrder";

const linkSchema = v.object({
	id: v.string(),
	parentId: v.fallback(v.optional(v.nullable(v.string())), undefined),
	role: v.picklist(["user", "assistant"]),
});
/** The members of a turn other than its id and its parent. */
const turnMembers: ReadonlySet<string> = new Set([
	"role",
	...["sentAtMs", "text", "attachments"],
	...["startedAtMs", "thought", "thoughtDurationMs", "reply", "outcome"],
]);
/** Attachments per message. */
const mostAttachments = 200;
/** Longest outcome of an answer, in UTF-16 units of its JSON. */
const maxMemberLength = 20_000;
const titleSchema = v.object({ text: v.string(), by: v.picklist(["user", "model"]) });

interface OwnNode extends TreeLink {
	readonly turn: unknown;
}

/** Reads one conversation of the extension's own export. The host validates each turn. */
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
		const given = parsed(titleSchema, members.get("title"));
		const title = given && { ...given, text: plainLine(given.text, maxImportedName) };
		const createdAtMs = members.get("createdAtMs");
		const folder = members.get("folder");
		const headId = members.get("headId");
		const waiting = members.get("queued") ?? null;
		const queued = typeof waiting === "object" ? waiting : {};
		return {
			title: title && title.text !== "" ? title : null,
			createdAtMs: typeof createdAtMs === "number" ? createdAtMs : null,
			folder: typeof folder === "string" ? folder.slice(0, maxImportedName) : null,
			pinned: members.get("pinned") === true,
			turns: nodes.map(({ node, parentKey }) => ({
				parent: parentKey === null ? null : (numbers.get(parentKey) ?? null),
				turn: node.turn,
			})),
			// If the head is not in the file, the last turn is the head.
			head: headId === null ? null : typeof headId === "string" ? numbers.get(headId) : undefined,
			queued: queued === null ? null : this.#bounded(queued),
		};
	}

	/** Returns the members of a turn that the host reads, without texts that were cut or are too long. */
	#bounded(turn: unknown): unknown {
		const known = Object.fromEntries(
			Object.entries(turn as object).filter(([name]) => turnMembers.has(name)),
		);
		for (const [name, member] of Object.entries(known)) {
			if (typeof member === "string") {
				known[name] = boundedText(member, this.#omissions);
			} else if (Array.isArray(member)) {
				this.#omissions.files += Math.max(0, member.length - mostAttachments);
				known[name] = member
					.slice(0, mostAttachments)
					.map((attachment: unknown) => this.#boundedTexts(attachment));
			} else if (JSON.stringify(member).length > maxMemberLength) {
				known[name] = null;
			}
		}
		return known;
	}

	#boundedTexts(attachment: unknown): unknown {
		return typeof attachment === "object" && attachment !== null && !Array.isArray(attachment)
			? Object.fromEntries(
					Object.entries(attachment).map(([name, member]: [string, unknown]) => [
						name,
						typeof member === "string" ? boundedText(member, this.#omissions) : member,
					]),
				)
			: attachment;
	}
}
