import * as v from "valibot";
import { Conversation } from "../conversation/conversation";
import { chatGptChat } from "./chatGptChat";
import { exportFormatName, exportFormatVersion } from "./exportFormat";
import type { ChatProblem, ImportContext, ReadChat } from "./importedChat";
import { maxChats, maxNodes, maxTitleLength } from "./importLimits";
import { lmStudioChat } from "./lmStudioChat";
import { openWebUiChat } from "./openWebUiChat";
import { ownChat } from "./ownChat";

/** Why nothing of a document can be read. */
export type DocumentProblem =
	| { readonly kind: "notJson" }
	/** JSON, but of none of the formats that are read. */
	| { readonly kind: "unknownFormat" }
	/** An export of a newer version of the extension. */
	| { readonly kind: "newerVersion"; readonly version: number }
	| { readonly kind: "tooManyChats" };

/** A conversation that was left out, as its file calls it. */
export interface LeftOut {
	readonly title: string;
	readonly problem: ChatProblem;
}

export type ReadDocument =
	| {
			readonly kind: "read";
			readonly chats: Iterable<Conversation | LeftOut>;
			readonly count: number;
	  }
	| { readonly kind: "refused"; readonly problem: DocumentProblem };

type ReadOne = (json: unknown, context: ImportContext) => ReadChat;

const ownDocumentSchema = v.object({
	format: v.literal(exportFormatName),
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	chats: v.array(v.unknown()),
});

/** Each program's conversations are known by what only they have. */
const readers: readonly (readonly [has: v.GenericSchema, read: ReadOne])[] = [
	[v.object({ mapping: v.looseObject({}) }), chatGptChat],
	[v.object({ messages: v.array(v.object({ versions: v.array(v.unknown()) })) }), lmStudioChat],
	[v.object({ chat: v.object({ history: v.looseObject({}) }) }), openWebUiChat],
];

/**
 * Recognises a document and reads its conversations, one at each step of `chats`: whoever reads it can do other things
 * in between.
 */
export function readChats(text: string, context: ImportContext): ReadDocument {
	let json: unknown;
	try {
		// A byte order mark is not JSON's, but editors leave one.
		json = JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		return { kind: "refused", problem: { kind: "notJson" } };
	}
	const own = v.safeParse(ownDocumentSchema, json);
	if (own.success) {
		const { version, chats } = own.output;
		return version > exportFormatVersion
			? { kind: "refused", problem: { kind: "newerVersion", version } }
			: read(chats, () => ownChat, context);
	}
	const chats = Array.isArray(json) ? (json as unknown[]) : listIn(json);
	return chats.some((chat) => readerOf(chat))
		? read(chats, readerOf, context)
		: { kind: "refused", problem: { kind: "unknownFormat" } };
}

/** @returns the conversations of a document that is no list: one, or what it calls so. */
function listIn(json: unknown): readonly unknown[] {
	const named = v.safeParse(v.object({ conversations: v.array(v.unknown()) }), json);
	return named.success ? named.output.conversations : [json];
}

function readerOf(chat: unknown): ReadOne | undefined {
	return readers.find(([has]) => v.is(has, chat))?.[1];
}

function read(
	chats: readonly unknown[],
	readerFor: (chat: unknown) => ReadOne | undefined,
	context: ImportContext,
): ReadDocument {
	return chats.length > maxChats
		? { kind: "refused", problem: { kind: "tooManyChats" } }
		: { kind: "read", chats: eachOf(chats, readerFor, context), count: chats.length };
}

function* eachOf(
	chats: readonly unknown[],
	readerFor: (chat: unknown) => ReadOne | undefined,
	context: ImportContext,
): Generator<Conversation | LeftOut> {
	for (const chat of chats) {
		const result = isTooLong(chat)
			? "tooLarge"
			: (readerFor(chat)?.(chat, context) ?? "wrongShape");
		yield result instanceof Conversation ? result : { title: titleIn(chat), problem: result };
	}
}

/** Whether a conversation has more messages than are read. Looked at before they are: parsing them would take seconds. */
function isTooLong(chat: unknown): boolean {
	return [["mapping"], ["turns"], ["messages"], ["chat", "history", "messages"]].some((path) => {
		let inner = chat;
		for (const key of path) {
			inner = isObject(inner) ? inner[key] : undefined;
		}
		return isObject(inner) && Object.keys(inner).length > maxNodes;
	});
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
	return typeof json === "object" && json !== null;
}

/** @returns what a conversation that cannot be read is called; empty if not even that can be read. */
function titleIn(chat: unknown): string {
	for (const key of ["title", "name"]) {
		const named = v.safeParse(v.object({ [key]: v.string() }), chat);
		const own = v.safeParse(v.object({ [key]: v.object({ text: v.string() }) }), chat);
		const title = named.success ? named.output[key] : own.success ? own.output[key]?.text : "";
		if (title) {
			return title.replace(/\s+/g, " ").trim().slice(0, maxTitleLength);
		}
	}
	return "";
}
