import { maxImportedName } from "../protocol/import/chatImport";
import { plainLine } from "../protocol/text/plainLine";
import { maxTextLength } from "../protocol/text/textLimit";
import type {
	AssembledChat,
	ImportedAnswer,
	ImportedContent,
	ImportedNode,
	OmissionCounts,
} from "./importedChat";
import { maxChatLength, maxSteps } from "./importLimits";
import { paragraphs } from "./importedText";
import type { TreeOrder } from "./programs/treeOrder";

/** A conversation of another program's file, parsed. */
export interface ChatToAssemble {
	readonly title: string | undefined;
	/** Epoch milliseconds. */
	readonly createdAtMs: number | undefined;
	readonly pinned: boolean;
	/** The node that the program showed last. */
	readonly headKey: string | undefined;
	readonly order: TreeOrder<ImportedNode>;
}

/** The answer at the end of the path to a node. Nodes below may continue it. */
interface OpenAnswer {
	/** The last part, preceded by the others. The parts are joined when the answer ends, since a long answer has many. */
	readonly content: ImportedAnswer;
	readonly before: OpenAnswer | undefined;
	/** Length of all parts joined, in UTF-16 units. */
	readonly thoughtLength: number;
	readonly replyLength: number;
	/** The index of the parent turn. */
	readonly parent: number | null;
	/** The index of the turn, once it has been created. */
	turn: number | undefined;
}

/** The end of the path to a node. */
interface PathEnd {
	readonly parent: number | null;
	readonly answer: OpenAnswer | undefined;
}

/**
 * Turns the nodes of another program's file into turns.
 *
 * Chat templates reject consecutive answers, while several programs store thoughts, the text before a tool call, and
 * the text after it as separate messages. Consecutive answers are therefore joined. Consecutive messages of the user
 * stay separate, as they may be in this extension. Turns over the limits are left out, those of the path that was shown
 * last.
 */
export function assembleChat(chat: ChatToAssemble, omissions: OmissionCounts): AssembledChat {
	const { nodes, moved } = chat.order;
	omissions.movedMessages += moved;
	const createdAtMs = chat.createdAtMs ?? firstTimeMs(nodes) ?? null;
	const all = turnsOf(nodes, chat.headKey, createdAtMs);
	const shown = all.isTooMuch
		? turnsOf(onPath(nodes, chat.headKey), chat.headKey, createdAtMs)
		: all;
	omissions.excessMessages += countSaid(nodes) - shown.said;
	const title = plainLine(chat.title ?? "", maxImportedName);
	return {
		// Counts as given by the user, whoever chose it: users recognize the conversation by it.
		title: title === "" ? null : { text: title, by: "user" },
		createdAtMs,
		folder: null,
		pinned: chat.pinned,
		turns: shown.turns,
		head: shown.head,
		queued: null,
	};
}

interface Turns {
	readonly turns: AssembledChat["turns"];
	readonly head: number | null | undefined;
	/** The number of nodes with content that are part of a turn, content included. */
	readonly said: number;
	/** Whether there are more turns than a conversation holds, or adding them would take too long. */
	readonly isTooMuch: boolean;
}

// eslint-disable-next-line max-lines-per-function -- one pass over the nodes shares its totals with two inner functions
function turnsOf(
	nodes: TreeOrder<ImportedNode>["nodes"],
	headKey: string | undefined,
	createdAtMs: number | null,
): Turns {
	const turns: { readonly parent: number | null; readonly turn: unknown }[] = [];
	const depths: number[] = [];
	let length = 0;
	let steps = 0;
	const add = (parent: number | null, turn: unknown, textLength: number): number => {
		const depth = parent === null ? 1 : (depths[parent] ?? 0) + 1;
		steps += parent === turns.length - 1 ? 1 : depth;
		length += textLength;
		depths.push(depth);
		turns.push({ parent, turn });
		return turns.length - 1;
	};
	/** Returns the index of the last turn of a path. Creates the turn if necessary. */
	const close = ({ parent, answer }: PathEnd): number | null => {
		if (!answer) {
			return parent;
		}
		answer.turn ??= add(
			answer.parent,
			answerTurn(answer, createdAtMs),
			answer.thoughtLength + answer.replyLength,
		);
		return answer.turn;
	};

	const parents = new Set(nodes.map(({ parentKey }) => parentKey));
	const ends = new Map<string, PathEnd>();
	let head: number | null | undefined;
	let said = 0;
	let isTooMuch = false;
	for (const { node, parentKey } of nodes) {
		isTooMuch = length > maxChatLength || steps > maxSteps;
		if (isTooMuch) {
			break;
		}
		const { key, content } = node;
		const above = (parentKey === null ? undefined : ends.get(parentKey)) ?? {
			parent: null,
			answer: undefined,
		};
		let end: PathEnd = above;
		let fits = content.kind !== "nothing";
		if (content.kind === "user") {
			const turn = {
				role: "user",
				sentAtMs: content.atMs ?? createdAtMs,
				text: content.text,
				attachments: [],
			};
			end = { parent: add(close(above), turn, content.text.length), answer: undefined };
		} else if (content.kind === "answer") {
			const answer = continued(above, content);
			fits = answer.content.thought === content.thought && answer.content.reply === content.reply;
			end = { parent: above.parent, answer };
		}
		said += fits ? 1 : 0;
		ends.set(key, end);
		if (key === headKey) {
			head = close(end);
		} else if (!parents.has(key)) {
			close(end);
		}
	}
	return { turns, head, said, isTooMuch };
}

/** Returns an answer with one more part. Omits the part's texts that would make the answer too long. */
function continued({ parent, answer: before }: PathEnd, part: ImportedAnswer): OpenAnswer {
	const thoughtLength = joinedLength(before?.thoughtLength ?? 0, part.thought);
	const replyLength = joinedLength(before?.replyLength ?? 0, part.reply);
	const content = {
		...part,
		thought: thoughtLength > maxTextLength ? "" : part.thought,
		reply: replyLength > maxTextLength ? "" : part.reply,
	};
	return {
		content,
		before,
		thoughtLength: content.thought === "" ? (before?.thoughtLength ?? 0) : thoughtLength,
		replyLength: content.reply === "" ? (before?.replyLength ?? 0) : replyLength,
		parent,
		turn: undefined,
	};
}

/** Returns the length of a text of length `before` joined with another one by `paragraphs`. */
function joinedLength(before: number, text: string): number {
	const between = before === 0 ? 0 : 2;
	return text.trim() === "" ? before : before + between + text.length;
}

function answerTurn(answer: OpenAnswer, elseMs: number | null): unknown {
	const parts: ImportedAnswer[] = [];
	for (let at: OpenAnswer | undefined = answer; at; at = at.before) {
		parts.push(at.content);
	}
	parts.reverse();
	const thought = paragraphs(parts.map((part) => part.thought));
	const durations = parts.flatMap(({ thoughtDurationMs: ms }) => (ms === null ? [] : [ms]));
	return {
		role: "assistant",
		startedAtMs: parts.find(({ atMs }) => atMs !== undefined)?.atMs ?? elseMs,
		thought,
		thoughtDurationMs:
			thought === "" || durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0),
		reply: paragraphs(parts.map((part) => part.reply)),
		outcome: answer.content.outcome,
	};
}

/** Returns the nodes of the path that was shown or, if unknown, of the path to the last node. */
function onPath(
	nodes: TreeOrder<ImportedNode>["nodes"],
	headKey: string | undefined,
): TreeOrder<ImportedNode>["nodes"] {
	const byKey = new Map(nodes.map((entry) => [entry.node.key, entry]));
	const path: (typeof nodes)[number][] = [];
	let entry = (headKey === undefined ? undefined : byKey.get(headKey)) ?? nodes.at(-1);
	while (entry) {
		path.push(entry);
		entry = entry.parentKey === null ? undefined : byKey.get(entry.parentKey);
	}
	return path.reverse();
}

function countSaid(nodes: TreeOrder<ImportedNode>["nodes"]): number {
	return nodes.filter(({ node }) => node.content.kind !== "nothing").length;
}

function firstTimeMs(nodes: TreeOrder<ImportedNode>["nodes"]): number | undefined {
	for (const { node } of nodes) {
		const content: ImportedContent = node.content;
		if (content.kind !== "nothing" && content.atMs !== undefined) {
			return content.atMs;
		}
	}
	return undefined;
}
