import { maxBlanks, maxKeyBytes } from "../importLimits";
import {
	closeBrace,
	closeBracket,
	colon,
	comma,
	isBlank,
	openBrace,
	openBracket,
	quote,
	ValueScanner,
	type ScannedValue,
} from "./valueScanner";

/** The object that contains a member: the conversation, its `chat` object (Open WebUI), or `chat.history`. */
export type MemberPlace = "conversation" | "chat" | "history";
/** The message lists of all formats. */
const messageLists = ["mapping", "turns", "messages", "chat.messages", "history.messages"] as const;
export type MessageList = (typeof messageLists)[number];

/** Receives what is found in a document, in order. */
export interface ChatHandler {
	/** Called at the start of a conversation, or of a document that contains a list of them. */
	chatBegins(): void;
	/**
	 * Called when the object that began turns out to be a document with a list of conversations. Returns whether to read
	 * them.
	 */
	listBegins(): boolean;
	/** Returns whether to read a member of a conversation; otherwise it is skipped. */
	wants(place: MemberPlace, key: string): boolean;
	member(place: MemberPlace, key: string, value: ScannedValue): void;
	/** Called at the start of a message list, which may be empty. */
	messagesBegin(list: MessageList): void;
	/** Returns whether to read the next message of a list; otherwise it is skipped. */
	wantsMessage(list: MessageList): boolean;
	/** Called for each message, with its key or its index in the list. */
	message(list: MessageList, key: string, value: ScannedValue): void;
	/** @param isWhole whether the end of the conversation was reached */
	chatEnds(isWhole: boolean): void;
	/** Called for an entry in a list of conversations that is not one. */
	otherValue(): void;
}

/** How a scan ended. */
export type ScanEnd =
	| { readonly kind: "whole" }
	/** The handler asked to stop. */
	| { readonly kind: "stopped" }
	/** The document is damaged, or ends too early, at that byte. */
	| { readonly kind: "endsEarly"; readonly atBytes: number };

/** A wrapper is a document around a list of conversations. */
type Place = "document" | "wrapper" | "list" | MemberPlace | MessageList;

/** An open bracket on the path from the document to its messages. */
interface Frame {
	readonly place: Place;
	readonly isArray: boolean;
	expects: "key" | "colon" | "value" | "next";
	key: string;
	index: number;
}

/**
 * Finds conversations and their messages in a JSON document that arrives in chunks.
 *
 * It follows only the brackets on the path to the messages and delegates each message and member to `ValueScanner`, so
 * that a damaged or oversized value does not affect others.
 *
 * Long because it is one state machine over the bytes of a document.
 */
export class ChatScanner {
	readonly #handler: ChatHandler;
	readonly #value = new ValueScanner();
	/** The frames around the innermost one. */
	readonly #above: Frame[] = [];
	#frame: Frame = { place: "document", isArray: true, expects: "value", key: "", index: 0 };
	#reading: "nothing" | "key" | "value" = "nothing";
	#blanks = 0;
	/** Bytes of all chunks so far, including this one. */
	#readBytes = 0;
	#at = 0;
	#end: ScanEnd | undefined;

	constructor(handler: ChatHandler) {
		this.#handler = handler;
	}

	/** Scans a chunk. Returns whether to continue with the next one. */
	push(chunk: Uint8Array): boolean {
		let at = 0;
		while (at < chunk.length && !this.#end) {
			if (this.#reading === "nothing") {
				at += this.#step(chunk[at] ?? 0) ? 1 : 0;
			} else {
				at = this.#value.read(chunk, at);
				if (this.#value.isDone) {
					this.#valueEnds(this.#value.take());
				}
			}
			this.#at = at;
		}
		this.#readBytes += at;
		this.#at = 0;
		return !this.#end;
	}

	/** Ends the scan at the end of the document. */
	end(): ScanEnd {
		if (!this.#end) {
			if (this.#reading === "value" && this.#above.length === 0) {
				// Numbers and literals have no terminator.
				this.#valueEnds(this.#value.take());
			}
			this.#end =
				this.#above.length === 0 && this.#reading === "nothing"
					? { kind: "whole" }
					: { kind: "endsEarly", atBytes: this.#readBytes };
		}
		if (this.#end.kind === "endsEarly") {
			if (this.#reading === "value") {
				this.#valueEnds({ kind: "broken" });
			}
			if ([...this.#above, this.#frame].some(({ place }) => place === "conversation")) {
				this.#handler.chatEnds(false);
			}
		}
		return this.#end;
	}

	/** Handles one byte between values. Returns whether the byte was consumed. */
	#step(byte: number): boolean {
		if (isBlank(byte)) {
			this.#blanks += 1;
			this.#breakIf(this.#blanks > maxBlanks);
			return true;
		}
		this.#blanks = 0;
		const frame = this.#frame;
		const isEnd = byte === closeBrace || byte === closeBracket;
		if (isEnd && this.#above.length > 0 && frame.expects !== "colon") {
			this.#close(byte);
			return true;
		}
		switch (frame.expects) {
			case "key":
				this.#breakIf(byte !== quote);
				this.#reading = "key";
				this.#value.begin(
					!isMessageList(frame.place) || this.#handler.wantsMessage(frame.place),
					maxKeyBytes,
				);
				return false;
			case "colon":
				this.#breakIf(byte !== colon);
				frame.expects = "value";
				return true;
			case "next":
				if (this.#above.length === 0) {
					// Another document follows the first: JSON Lines.
					frame.expects = "value";
					return false;
				}
				this.#breakIf(byte !== comma);
				frame.expects = frame.isArray ? "value" : "key";
				return true;
			case "value":
				this.#breakIf(isEnd);
				return this.#begin(frame, byte);
		}
	}

	/** Begins a value. Returns whether its first byte was consumed. */
	#begin(frame: Frame, byte: number): boolean {
		const place = placeOf(frame, byte);
		if (place === undefined) {
			this.#reading = "value";
			this.#value.begin(this.#isWanted(frame));
			return false;
		}
		if (place === "conversation") {
			this.#handler.chatBegins();
		} else if (place === "list" && frame.place === "conversation") {
			// The supposed conversation is a document around a list.
			this.#frame = { ...frame, place: "wrapper" };
			if (!this.#handler.listBegins()) {
				this.#end = { kind: "stopped" };
			}
		}
		if (isMessageList(place)) {
			this.#handler.messagesBegin(place);
		}
		const isArray = byte === openBracket;
		this.#above.push(this.#frame);
		this.#frame = { place, isArray, expects: isArray ? "value" : "key", key: "", index: 0 };
		return true;
	}

	#isWanted({ place, key }: Frame): boolean {
		switch (place) {
			case "document":
				return true;
			case "wrapper":
			case "list":
				return false;
			case "conversation":
			case "chat":
			case "history":
				return this.#handler.wants(place, key);
			default:
				return this.#handler.wantsMessage(place);
		}
	}

	#valueEnds(value: ScannedValue): void {
		const frame = this.#frame;
		if (this.#reading === "key") {
			frame.key = value.kind === "json" ? keyIn(value.text) : "";
			frame.expects = "colon";
		} else {
			frame.expects = "next";
			this.#tell(frame, value);
			frame.index += 1;
		}
		this.#reading = "nothing";
		this.#breakIf(value.kind === "broken");
	}

	#tell({ place, isArray, key, index }: Frame, value: ScannedValue): void {
		switch (place) {
			case "document":
				this.#breakIf(!isJson(value));
				break;
			case "wrapper":
				break;
			case "list":
				this.#handler.otherValue();
				break;
			case "conversation":
			case "chat":
			case "history":
				if (value.kind !== "passed") {
					this.#handler.member(place, key, value);
				}
				break;
			default:
				this.#handler.message(place, isArray ? `${index}` : key, value);
		}
	}

	#close(byte: number): void {
		const { place, isArray } = this.#frame;
		const above = this.#above.pop();
		this.#breakIf(byte !== (isArray ? closeBracket : closeBrace));
		if (this.#end || !above) {
			return;
		}
		this.#frame = above;
		above.expects = "next";
		above.index += 1;
		if (place === "conversation") {
			this.#handler.chatEnds(true);
		}
	}

	#breakIf(isBroken: boolean): void {
		if (isBroken) {
			this.#end ??= { kind: "endsEarly", atBytes: this.#readBytes + this.#at };
		}
	}
}

/** Returns the place that a bracket on the path to messages opens; `undefined` for any other value. */
function placeOf({ place, key }: Frame, byte: number): Place | undefined {
	const isObject = byte === openBrace;
	if (!isObject && byte !== openBracket) {
		return undefined;
	}
	switch (place) {
		case "document":
			return isObject ? "conversation" : "list";
		case "wrapper":
			return isObject ? undefined : listPlace(key);
		case "list":
			return isObject ? "conversation" : undefined;
		case "conversation":
			if (key === "mapping" || key === "messages" || key === "turns") {
				return key;
			}
			if (isObject) {
				return key === "chat" ? "chat" : undefined;
			}
			return listPlace(key);
		case "chat":
			return key === "messages"
				? "chat.messages"
				: key === "history" && isObject
					? "history"
					: undefined;
		case "history":
			return key === "messages" ? "history.messages" : undefined;
		default:
			return undefined;
	}
}

function isMessageList(place: Place): place is MessageList {
	return messageLists.some((list) => list === place);
}

function listPlace(key: string): "list" | undefined {
	return key === "chats" || key === "conversations" ? "list" : undefined;
}

function keyIn(text: string): string {
	try {
		const key: unknown = JSON.parse(text);
		return typeof key === "string" ? key : "";
	} catch {
		return "";
	}
}

function isJson(value: ScannedValue): boolean {
	try {
		return value.kind === "json" && JSON.parse(value.text) !== undefined;
	} catch {
		return false;
	}
}
