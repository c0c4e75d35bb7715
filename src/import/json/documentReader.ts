import {
	maxImportedName,
	maxImportedTurns,
	type DocumentProblem,
	type ImportPiece,
} from "../../protocol/import/chatImport";
import { exportFormatName, exportFormatVersion } from "../../protocol/import/exportFormat";
import type { PatternBudget } from "../programs/canvas";
import { plainLine } from "../../protocol/text/plainLine";
import { ChatGptChat } from "../programs/chatGptChat";
import type { ChatHandler, MemberPlace, MessageList, ScanEnd } from "./chatScanner";
import { noOmissions, type ChatFormat, type OmissionCounts } from "../importedChat";
import { maxChatLength, maxChats } from "../importLimits";
import { LmStudioChat } from "../programs/lmStudioChat";
import { OpenWebUiChat } from "../programs/openWebUiChat";
import { OwnChat } from "../programs/ownChat";
import type { ScannedValue } from "./valueScanner";

/** Maps each format's distinctive message list to its reader. */
const formats: Readonly<
	Record<MessageList, new (omissions: OmissionCounts, patterns: PatternBudget) => ChatFormat>
> = {
	mapping: ChatGptChat,
	messages: LmStudioChat,
	"history.messages": OpenWebUiChat,
	"chat.messages": OpenWebUiChat,
	turns: OwnChat,
};

/** The members of a conversation that are read, other than its messages. */
const wanted: Readonly<Record<MemberPlace, ReadonlySet<string>>> = {
	conversation: new Set([
		...["format", "version"],
		...["title", "create_time", "current_node", "is_starred"],
		...["name", "createdAt", "pinned", "systemPrompt"],
		"created_at",
		...["createdAtMs", "folder", "headId", "queued"],
	]),
	chat: new Set(["title"]),
	history: new Set(["currentId", "current_id"]),
};

/** A conversation that is being read. */
interface OpenChat {
	readonly members: Map<string, unknown>;
	readonly omissions: OmissionCounts;
	list: MessageList | undefined;
	format: ChatFormat | undefined;
	messages: number;
	/** Memory that the format's reader uses for messages, in UTF-16 units. */
	length: number;
}

/** What remains of a file's limits, shared by all its documents. */
export interface FileBudget extends PatternBudget {
	chats: number;
}

/** Turns the contents of one document into pieces. Long because it implements every callback of a scan. */
export class DocumentReader implements ChatHandler {
	readonly #document: string;
	readonly #budget: FileBudget;
	#pieces: ImportPiece[] = [];
	/** Entries that were skipped. They are reported only if the document has conversations of a known format. */
	#strangers: ImportPiece[] = [];
	#open: OpenChat | undefined;
	#isKnown = false;
	#problem: DocumentProblem | undefined;

	constructor(document: string, budget: FileBudget) {
		this.#document = document;
		this.#budget = budget;
	}

	/** Returns what was read since the last call. */
	take(): ImportPiece[] {
		const pieces = this.#pieces;
		this.#pieces = [];
		return pieces;
	}

	/** Reports what is wrong with the document, after it has been scanned. */
	end(end: ScanEnd): void {
		this.#problem ??= this.#isKnown
			? end.kind === "endsEarly"
				? end
				: undefined
			: { kind: end.kind === "endsEarly" ? "notJson" : "unknownFormat" };
		if (this.#problem) {
			this.#pieces.push({ kind: "problem", document: this.#document, problem: this.#problem });
		}
	}

	chatBegins(): void {
		this.#open = {
			members: new Map(),
			omissions: noOmissions(),
			list: undefined,
			format: undefined,
			messages: 0,
			length: 0,
		};
	}

	listBegins(): boolean {
		const members = this.#open?.members;
		this.#open = undefined;
		const version = members?.get("version");
		if (members?.get("format") === exportFormatName && typeof version === "number") {
			this.#know();
			if (version > exportFormatVersion) {
				this.#problem = { kind: "newerVersion", version };
				return false;
			}
		}
		return true;
	}

	wants(place: MemberPlace, key: string): boolean {
		return wanted[place].has(key);
	}

	member(place: MemberPlace, key: string, value: ScannedValue): void {
		const json = jsonOf(value);
		if (json !== undefined) {
			this.#open?.members.set(place === "conversation" ? key : `${place}.${key}`, json);
		}
	}

	messagesBegin(list: MessageList): void {
		// Until a list has a message, the first list determines the format.
		if (this.#open && this.#open.list === undefined) {
			this.#claim(this.#open, list);
		}
	}

	wantsMessage(list: MessageList): boolean {
		const open = this.#open;
		return (
			open !== undefined &&
			(mayClaim(open, list) ||
				(open.list === list && open.messages < maxImportedTurns && open.length <= maxChatLength))
		);
	}

	message(list: MessageList, key: string, value: ScannedValue): void {
		const open = this.#open;
		if (open && mayClaim(open, list)) {
			this.#claim(open, list);
		}
		if (open?.list !== list) {
			return;
		}
		open.messages += 1;
		if (value.kind === "passed") {
			open.omissions.excessMessages += 1;
		} else {
			const json = jsonOf(value);
			// No format uses arrays as messages, but an object schema would accept one.
			open.length += open.format?.add(key, Array.isArray(json) ? undefined : json) ?? 0;
		}
	}

	#claim(open: OpenChat, list: MessageList): void {
		Object.assign(open.omissions, noOmissions());
		open.list = list;
		open.format = new formats[list](open.omissions, this.#budget);
		open.messages = 0;
		open.length = 0;
	}

	chatEnds(isWhole: boolean): void {
		const open = this.#open;
		this.#open = undefined;
		if (!open || this.#isOver()) {
			return;
		}
		const chat = open.format?.finish(open.members);
		const { omissions } = open;
		if (!chat) {
			if (isWhole) {
				this.#strange(titleIn(open.members), omissions);
			}
			return;
		}
		this.#know();
		if (chat.turns.length === 0 && chat.queued === null) {
			this.#pieces.push({
				kind: "leftOut",
				document: this.#document,
				title: titleIn(open.members),
				problem: "empty",
				omissions,
			});
			return;
		}
		const { title, createdAtMs, folder, pinned, turns, head, queued } = chat;
		const document = this.#document;
		this.#pieces.push({ kind: "chat", document, title, createdAtMs, folder, pinned });
		for (const { parent, turn } of turns) {
			this.#pieces.push({ kind: "turn", parent, turn });
		}
		this.#pieces.push({ kind: "chatEnd", head, queued, omissions });
	}

	otherValue(): void {
		if (!this.#isOver()) {
			this.#strange("", noOmissions());
		}
	}

	/** Whether to continue reading. */
	get goesOn(): boolean {
		return this.#problem === undefined;
	}

	#isOver(): boolean {
		if (this.#budget.chats === 0) {
			this.#problem ??= { kind: "tooManyChats", limit: maxChats };
			return true;
		}
		this.#budget.chats -= 1;
		return false;
	}

	#strange(title: string, omissions: OmissionCounts): void {
		const document = this.#document;
		const piece: ImportPiece = {
			kind: "leftOut",
			document,
			title,
			problem: "wrongShape",
			omissions,
		};
		(this.#isKnown ? this.#pieces : this.#strangers).push(piece);
	}

	#know(): void {
		if (!this.#isKnown) {
			this.#isKnown = true;
			this.#pieces.push(...this.#strangers.splice(0));
		}
	}
}

/** Returns whether the first message of a list makes it the list to read. */
function mayClaim(open: OpenChat, list: MessageList): boolean {
	// Open WebUI has two lists: the tree is preferred to the path unless it is empty.
	return open.list !== list && (open.messages === 0 || list === "history.messages");
}

function jsonOf(value: ScannedValue): unknown {
	try {
		return value.kind === "json" ? JSON.parse(value.text) : undefined;
	} catch {
		return undefined;
	}
}

/** Returns the title of an unreadable conversation; empty if the title is unreadable too. */
function titleIn(members: ReadonlyMap<string, unknown>): string {
	for (const key of ["title", "name", "chat.title"]) {
		const member = members.get(key);
		const title =
			typeof member === "object" && member !== null && "text" in member ? member.text : member;
		if (typeof title === "string") {
			return plainLine(title, maxImportedName);
		}
	}
	return "";
}
