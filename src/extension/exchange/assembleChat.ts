import { chatFormatVersion, type ChatRecord, type StoredTurn } from "../conversation/chatRecord";
import { Conversation } from "../conversation/conversation";
import type { ImportContext, ImportedChat, ImportedNode, ReadChat } from "./importedChat";
import { maxChatLength, maxNodes, maxTitleLength, maxTurnLength } from "./importLimits";
import { TurnTree } from "./turnTree";
import { inTreeOrder } from "./treeOrder";

type Answer = Extract<ImportedNode["content"], { readonly kind: "answer" }>;

/** The answer that the path through a node ends with, which what is below may go on with. */
interface OpenAnswer {
	readonly content: Answer;
	/** Our id of the turn above it. */
	readonly parentId: string | null;
	/** Our id of it, once it is a turn. */
	turnId: string | undefined;
}

/** Where the path through a node ends. */
interface PathEnd {
	readonly parentId: string | null;
	readonly answer: OpenAnswer | undefined;
}

/**
 * Makes a conversation of what another program's file says.
 *
 * Models' templates insist that answers do not follow each other, while several programs keep the thoughts, the words
 * before a tool and those after it as messages of their own: answers that follow each other are one. Messages of the
 * user that follow each other stay apart, as they do here.
 */
export function assembleChat(chat: ImportedChat, context: ImportContext): ReadChat {
	if (chat.nodes.length > maxNodes) {
		return "tooLarge";
	}
	const ordered = inTreeOrder(chat.nodes);
	if (!ordered) {
		return "brokenTree";
	}
	const createdAtMs = chat.createdAtMs ?? firstTimeMs(ordered) ?? context.nowMs;
	const tree = new TurnTree();
	const conversation = new Conversation({
		format: "local-llm-chat",
		version: chatFormatVersion,
		id: context.newId(),
		createdAtMs,
		folder: null,
	});
	let length = 0;
	const add = (parentId: string | null, turn: StoredTurn): string => {
		length += turn.role === "user" ? turn.text.length : turn.thought.length + turn.reply.length;
		tree.add(turn.id, parentId);
		conversation.apply({ type: "turn", parentId, turn });
		return turn.id;
	};
	/** @returns our id of the last turn of a path, which is made a turn now if it was not yet. */
	const close = ({ parentId, answer }: PathEnd): string | null => {
		if (!answer) {
			return parentId;
		}
		answer.turnId ??= add(answer.parentId, answerTurn(answer.content, context, createdAtMs));
		return answer.turnId;
	};

	const parents = new Set(ordered.map(({ parentKey }) => parentKey));
	const ends = new Map<string, PathEnd>();
	let headId: string | null | undefined;
	for (const { key, parentKey, content } of ordered) {
		const above: PathEnd = (parentKey === null ? undefined : ends.get(parentKey)) ?? {
			parentId: null,
			answer: undefined,
		};
		let end = above;
		if (content.kind === "user") {
			const parentId = close(above);
			const turn = userTurn(content.text, context, content.atMs ?? createdAtMs);
			end = { parentId: add(parentId, turn), answer: undefined };
		} else if (content.kind === "answer") {
			end = {
				parentId: above.parentId,
				answer: {
					content: above.answer ? joined(above.answer.content, content) : content,
					parentId: above.parentId,
					turnId: undefined,
				},
			};
		}
		ends.set(key, end);
		if (key === chat.headKey) {
			headId = close(end);
		} else if (!parents.has(key)) {
			close(end);
		}
		if (
			tree.isTooLarge ||
			length > maxChatLength ||
			longest(content, end.answer?.content) > maxTurnLength
		) {
			return "tooLarge";
		}
	}
	return finished(conversation, chat, headId);
}

function finished(
	conversation: Conversation,
	{ title, pinned }: ImportedChat,
	headId: string | null | undefined,
): ReadChat {
	if (conversation.headId === undefined) {
		return "empty";
	}
	const records: ChatRecord[] = [];
	const name = title?.replace(/\s+/g, " ").trim().slice(0, maxTitleLength).trim() ?? "";
	if (name !== "") {
		// Whoever gave it: it is what the person knows the conversation by.
		records.push({ type: "title", text: name, by: "user" });
	}
	if (pinned) {
		records.push({ type: "pinned", pinned });
	}
	if (headId) {
		records.push({ type: "head", turnId: headId });
	}
	for (const record of records) {
		conversation.apply(record);
	}
	return conversation;
}

function userTurn(text: string, { newId }: ImportContext, sentAtMs: number): StoredTurn {
	return { role: "user", id: newId(), sentAtMs, text, attachments: [] };
}

function answerTurn(content: Answer, { newId }: ImportContext, elseMs: number): StoredTurn {
	const { atMs, thought, thoughtDurationMs, reply, outcome } = content;
	return {
		role: "assistant",
		id: newId(),
		startedAtMs: atMs ?? elseMs,
		thought,
		thoughtDurationMs: thought === "" ? null : thoughtDurationMs,
		reply,
		outcome,
	};
}

function joined(before: Answer, after: Answer): Answer {
	return {
		kind: "answer",
		atMs: before.atMs ?? after.atMs,
		thought: paragraphs(before.thought, after.thought),
		thoughtDurationMs:
			before.thoughtDurationMs === null && after.thoughtDurationMs === null
				? null
				: (before.thoughtDurationMs ?? 0) + (after.thoughtDurationMs ?? 0),
		reply: paragraphs(before.reply, after.reply),
		outcome: after.outcome,
	};
}

function paragraphs(before: string, after: string): string {
	return before === "" || after === "" ? before + after : `${before}\n\n${after}`;
}

function longest(content: ImportedNode["content"], answer: Answer | undefined): number {
	return Math.max(
		content.kind === "user" ? content.text.length : 0,
		answer?.thought.length ?? 0,
		answer?.reply.length ?? 0,
	);
}

function firstTimeMs(nodes: readonly ImportedNode[]): number | undefined {
	for (const { content } of nodes) {
		if (content.kind !== "nothing" && content.atMs !== undefined) {
			return content.atMs;
		}
	}
	return undefined;
}
