import * as v from "valibot";
import {
	chatFormatVersion,
	chatHeaderSchema,
	chatRecordSchema,
	type ChatRecord,
	type StoredTurn,
} from "../conversation/chatRecord";
import { Conversation } from "../conversation/conversation";
import type { ImportContext, ReadChat } from "./importedChat";
import { maxChatLength, maxNodes, maxTitleLength, maxTurnLength } from "./importLimits";
import { isOwnDocument } from "./ownDocument";
import { TurnTree } from "./turnTree";
import { inTreeOrder } from "./treeOrder";

const linkSchema = v.object({ id: v.string(), parentId: v.nullable(v.string()) });

const name = v.pipe(
	v.string(),
	v.transform((text) => text.slice(0, maxTitleLength)),
);

const chatSchema = v.object({
	createdAtMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8_640_000_000_000_000)),
	folder: v.nullable(name),
	title: v.nullable(v.object({ text: name, by: v.picklist(["user", "model"]) })),
	pinned: v.boolean(),
	headId: v.nullable(v.string()),
	queued: v.nullable(v.unknown()),
	turns: v.array(v.unknown()),
});

/** Reads one conversation of the extension's own export. Every turn gets a new id. */
export function ownChat(json: unknown, context: ImportContext): ReadChat {
	const parsed = v.safeParse(chatSchema, json);
	if (!parsed.success) {
		return "wrongShape";
	}
	const { createdAtMs, folder, title, pinned, headId, queued, turns } = parsed.output;
	if (turns.length > maxNodes) {
		return "tooLarge";
	}
	const links = turns.map((turn) => {
		const link = v.safeParse(linkSchema, turn);
		return link.success
			? [{ key: link.output.id, parentKey: link.output.parentId, turn }]
			: undefined;
	});
	if (!links.every((link) => link !== undefined)) {
		return "wrongShape";
	}
	const ordered = inTreeOrder(links.flat());
	if (!ordered) {
		return "brokenTree";
	}
	const header = { format: "local-llm-chat", version: chatFormatVersion, createdAtMs, folder };
	const conversation = new Conversation(
		v.parse(chatHeaderSchema, { ...header, id: context.newId() }),
	);
	const tree = new TurnTree();
	const newIds = new Map<string, string>();
	let length = 0;
	for (const { key, parentKey, turn } of ordered) {
		const stored = storedTurn(turn, context);
		if (!stored) {
			return "wrongShape";
		}
		const parentId = parentKey === null ? null : (newIds.get(parentKey) ?? null);
		newIds.set(key, stored.id);
		tree.add(stored.id, parentId);
		length += lengthOf(stored);
		if (tree.isTooLarge || length > maxChatLength || lengthOf(stored) > maxTurnLength) {
			return "tooLarge";
		}
		conversation.apply({ type: "turn", parentId, turn: stored });
	}

	const records: ChatRecord[] = [{ type: "pinned", pinned }];
	if (title && title.text.trim() !== "") {
		records.push({ type: "title", ...title });
	}
	const message = queued === null ? undefined : storedTurn(queued, context);
	if (message?.role === "user") {
		records.push({ type: "queued", message });
	} else if (queued !== null) {
		return "wrongShape";
	}
	// A head that is not in the file: the last turn is.
	const head = headId === null ? null : newIds.get(headId);
	if (head !== undefined) {
		records.push({ type: "head", turnId: head });
	}
	for (const record of records) {
		conversation.apply(record);
	}
	return turns.length === 0 && !message ? "empty" : conversation;
}

/** @returns the turn as a journal has it, under a new id; `undefined` if it has no turn's shape. */
function storedTurn(json: unknown, { newId }: ImportContext): StoredTurn | undefined {
	const parsed = v.safeParse(chatRecordSchema, { type: "turn", parentId: null, turn: json });
	if (!parsed.success || parsed.output.type !== "turn") {
		return undefined;
	}
	const { turn } = parsed.output;
	if (turn.role === "assistant") {
		// Whoever was generating it does not do so here.
		return { ...turn, id: newId(), outcome: turn.outcome ?? { kind: "interrupted" } };
	}
	return {
		...turn,
		id: newId(),
		attachments: turn.attachments.map((attached) => ({
			...attached,
			chip: { ...attached.chip, id: newId() },
			uri: ownAddress(attached.uri),
			...(attached.notebookUri === undefined
				? {}
				: { notebookUri: ownAddress(attached.notebookUri) }),
		})),
	};
}

function ownAddress(uri: string): string {
	return isOwnDocument(uri) ? uri : "";
}

function lengthOf(turn: StoredTurn): number {
	return turn.role === "assistant"
		? turn.thought.length + turn.reply.length
		: turn.attachments.reduce((length, { code }) => length + code.length, turn.text.length);
}
