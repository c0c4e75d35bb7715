import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Conversation } from "../../src/extension/conversation/conversation";
import type { ImportContext } from "../../src/extension/exchange/importedChat";
import {
	readChats,
	type DocumentProblem,
	type LeftOut,
} from "../../src/extension/exchange/readChats";

/** The time of every import in tests. */
export const importedAtMs = 1_760_000_000_000;

/** @returns the text of a file in test/fixtures/exchange. */
export function fixture(name: string): string {
	return readFileSync(path.join(process.cwd(), "test/fixtures/exchange", name), "utf8");
}

export interface Imported {
	readonly conversations: readonly Conversation[];
	readonly leftOut: readonly LeftOut[];
	readonly refused: DocumentProblem | undefined;
	readonly omissions: ImportContext["omissions"];
}

/** Reads a document to its end. */
export function importText(text: string): Imported {
	const omissions = { images: 0, files: 0, toolMessages: 0, systemMessages: 0 };
	const document = readChats(text, { newId: randomUUID, nowMs: importedAtMs, omissions });
	const read = document.kind === "read" ? [...document.chats] : [];
	return {
		conversations: read.filter((chat) => chat instanceof Conversation),
		leftOut: read.filter((chat): chat is LeftOut => !(chat instanceof Conversation)),
		refused: document.kind === "refused" ? document.problem : undefined,
		omissions,
	};
}

/** @returns a tree as lines, two blanks deeper for each level; "*" marks the path that is shown. */
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
