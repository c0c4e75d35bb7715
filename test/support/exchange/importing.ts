import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Conversation } from "../../../src/extension/conversation/conversation";
import { ImportResult } from "../../../src/extension/exchange/importResult";
import { IncomingChat } from "../../../src/extension/exchange/incomingChat";
import { ChatScanner } from "../../../src/import/json/chatScanner";
import { DocumentReader, type FileBudget } from "../../../src/import/json/documentReader";
import { maxChats, maxPatternMs } from "../../../src/import/importLimits";
import {
	omissionKinds,
	type ChatProblem,
	type DocumentProblem,
	type ImportPiece,
	type Omissions,
} from "../../../src/protocol/import/chatImport";

/** The time of every import in tests, in epoch milliseconds. */
export const importedAtMs = 1_760_000_000_000;

/** The bundle of the import process. */
export const importModule = path.join(process.cwd(), "dist/import.cjs");

/** Returns the text of a file in test/fixtures/exchange. */
export function fixture(name: string): string {
	return readFileSync(path.join(process.cwd(), "test/fixtures/exchange", name), "utf8");
}

export interface Imported {
	readonly conversations: readonly Conversation[];
	readonly leftOut: readonly { readonly title: string; readonly problem: ChatProblem }[];
	readonly problem: DocumentProblem | undefined;
	/** Only the counts that are not 0. */
	readonly omissions: Partial<Omissions>;
}

/** Returns the pieces of a document that arrives in chunks of `chunkBytes` bytes. */
export function piecesOf(
	document: string | Uint8Array,
	chunkBytes = 65_536,
	budget: FileBudget = { chats: maxChats, patternMs: maxPatternMs },
): ImportPiece[] {
	const bytes = typeof document === "string" ? Buffer.from(document) : document;
	const reader = new DocumentReader("document", budget);
	const scanner = new ChatScanner(reader);
	const pieces: ImportPiece[] = [];
	for (let from = 0; from < bytes.length; from += chunkBytes) {
		const goesOn = scanner.push(bytes.subarray(from, from + chunkBytes));
		pieces.push(...reader.take());
		if (!goesOn) {
			break;
		}
	}
	reader.end(scanner.end());
	return [...pieces, ...reader.take()];
}

/** Reads a document to its end, as the import process and the host do together. */
export function importText(document: string | Uint8Array, chunkBytes?: number): Imported {
	return imported(piecesOf(document, chunkBytes));
}

/** Returns the chats that the host builds from pieces. */
export function imported(pieces: readonly ImportPiece[]): Imported {
	const conversations: Conversation[] = [];
	const result = new ImportResult();
	const leftOut: { readonly title: string; readonly problem: ChatProblem }[] = [];
	let problem: DocumentProblem | undefined;
	let incoming: IncomingChat | undefined;
	for (const piece of pieces) {
		switch (piece.kind) {
			case "chat":
				incoming = new IncomingChat(piece, { newId: randomUUID, nowMs: importedAtMs });
				break;
			case "turn":
				incoming!.add(piece);
				break;
			case "chatEnd": {
				const { conversation, omissions } = incoming!.end(piece);
				result.omit("", "", omissions);
				if (conversation) {
					conversations.push(conversation);
				} else {
					leftOut.push({ title: incoming!.title, problem: "empty" });
				}
				break;
			}
			case "leftOut":
				result.omit("", "", piece.omissions);
				leftOut.push({ title: piece.title, problem: piece.problem });
				break;
			case "problem":
				problem = piece.problem;
				break;
		}
	}
	const omissions = Object.fromEntries(
		omissionKinds
			.filter((kind) => result.omissions[kind] > 0)
			.map((kind) => [kind, result.omissions[kind]]),
	);
	return { conversations, leftOut, problem, omissions };
}

/** Returns a tree as lines, indented by two spaces per level; "*" marks the visible path. */
export function outline(conversation: Conversation): string[] {
	const depths = new Map<string, number>();
	const shown = new Set(conversation.path().map(({ id }) => id));
	return [...conversation.turns()].map(({ turn, parentId }) => {
		const depth = parentId === null ? 0 : depths.get(parentId)! + 1;
		depths.set(turn.id, depth);
		const said =
			turn.role === "user"
				? `You: ${turn.text}`
				: `Assistant${turn.outcome?.kind === "complete" ? "" : ` (${turn.outcome?.kind})`}: ${turn.thought === "" ? "" : `{${turn.thought}} `}${turn.reply}`;
		return `${"  ".repeat(depth)}${shown.has(turn.id) ? "*" : "-"} ${said.replaceAll("\n", "⏎")}`;
	});
}
