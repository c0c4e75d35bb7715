import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ImportPiece, ImportPieces } from "../../protocol/import/chatImport";
import { describeCount } from "../../wording/format";
import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import type { ChosenFile } from "./chosenFile";
import { describeImport, importDetails } from "./describeImport";
import type { ExchangeDialogs } from "./exchangeDialogs";
import type { ImportReader } from "./importReader";
import { ImportResult } from "./importResult";
import { ImportStopped } from "./importStopped";
import { IncomingChat } from "./incomingChat";

export interface ImportParts {
	readonly library: ChatLibrary;
	readonly dialogs: Pick<ExchangeDialogs, "chooseImports" | "withProgress" | "tell" | "showText">;
	/** @returns what reads files for one import. */
	readonly createReader: () => ImportReader;
	readonly showHistory: () => Promise<void> | void;
	readonly nowMs: () => number;
}

/** How much is added at a time, and how long the extension host is kept from other things. */
const batchSize = 25;
const batchLength = 4_000_000;
const sliceMs = 8;

/** Adds the conversations of files that the person chooses, and tells what came of each. */
export async function importChats(parts: ImportParts): Promise<void> {
	const files = await parts.dialogs.chooseImports();
	if (files && files.length > 0) {
		// What was here before the import, for as often as it is tried.
		await importFrom(files, (await parts.library.list()).chats, "new", parts);
	}
}

/** @param which whether conversations that were here before are left out, or alone are imported */
async function importFrom(
	files: readonly ChosenFile[],
	before: readonly ChatSummary[],
	which: "new" | "known",
	parts: ImportParts,
): Promise<void> {
	const { dialogs, showHistory } = parts;
	const known = new Set(before.map(markOf));
	const result = await dialogs.withProgress("Importing Chats", async (report, signal) => {
		const accepts = (conversation: Conversation): boolean =>
			known.has(markOf({ ...conversation.header, title: titleOf(conversation) })) ===
			(which === "known");
		const reader = parts.createReader();
		try {
			return await new ImportRun(parts, reader, accepts, report).run(files, signal);
		} finally {
			await reader.stop();
		}
	});
	const chosen = await dialogs.tell(
		result.isWhole ? "information" : "warning",
		describeImport(result, which),
		[
			...(result.added > 0 ? (["Open History"] as const) : []),
			...(result.passed > 0 && which === "new" ? (["Import Copies"] as const) : []),
			...(result.hasDetails ? (["Show Details"] as const) : []),
		],
	);
	switch (chosen) {
		case "Open History":
			await showHistory();
			break;
		case "Import Copies":
			await importFrom(files, before, "known", parts);
			break;
		case "Show Details":
			await dialogs.showText(importDetails(result));
			break;
		case undefined:
			break;
	}
}

/** One import, from its first file to its last. */
class ImportRun {
	readonly #library: ChatLibrary;
	readonly #reader: ImportReader;
	readonly #accepts: (conversation: Conversation) => boolean;
	readonly #report: (message: string) => void;
	readonly #context;
	readonly #result = new ImportResult();
	readonly #batch: Conversation[] = [];
	#batchLength = 0;
	#incoming: IncomingChat | undefined;
	#sliceFromMs = performance.now();

	constructor(
		{ library, nowMs }: ImportParts,
		reader: ImportReader,
		accepts: (conversation: Conversation) => boolean,
		report: (message: string) => void,
	) {
		this.#library = library;
		this.#reader = reader;
		this.#accepts = accepts;
		this.#report = report;
		this.#context = { newId: () => randomUUID(), nowMs: nowMs() };
	}

	async run(files: readonly ChosenFile[], signal: AbortSignal): Promise<ImportResult> {
		try {
			for (const file of files) {
				await this.#readFile(file, signal);
			}
			await this.#addBatch();
		} catch (error) {
			if (signal.aborted) {
				this.#result.cancelled = true;
			} else if (error instanceof Error && "code" in error) {
				this.#result.failure = error;
			} else {
				throw error;
			}
		}
		return this.#result;
	}

	async #readFile(file: ChosenFile, signal: AbortSignal): Promise<void> {
		const { name } = file;
		const found = await file.onDisk();
		if ("problem" in found) {
			this.#result.problems.push({ name, problem: found.problem });
			return;
		}
		try {
			for await (const answer of this.#reader.read(name, found.path, signal)) {
				for (const piece of answer.pieces) {
					await this.#take(piece);
					await this.#others(signal);
				}
				signal.throwIfAborted();
				this.#tell(name, answer);
			}
		} catch (error) {
			if (!(error instanceof ImportStopped) || signal.aborted) {
				throw error;
			}
			this.#incoming = undefined;
			this.#result.problems.push({ name, problem: { kind: "stopped", reason: error.reason } });
		} finally {
			await found.release();
		}
	}

	async #take(piece: ImportPiece): Promise<void> {
		switch (piece.kind) {
			case "chat":
				this.#incoming = new IncomingChat(piece, this.#context);
				break;
			case "turn":
				this.#incoming?.add(piece);
				break;
			case "chatEnd":
				await this.#end(piece);
				break;
			case "leftOut":
				this.#result.leaveOut(piece.document, piece.title, piece.problem, piece.omissions);
				break;
			case "problem":
				this.#result.problems.push({ name: piece.document, problem: piece.problem });
				break;
		}
	}

	async #end(piece: Extract<ImportPiece, { readonly kind: "chatEnd" }>): Promise<void> {
		const incoming = this.#incoming;
		this.#incoming = undefined;
		if (!incoming) {
			return;
		}
		const { conversation, omissions } = incoming.end(piece);
		if (!conversation) {
			this.#result.leaveOut(incoming.document, incoming.title, "empty", omissions);
		} else if (this.#accepts(conversation)) {
			this.#result.omit(incoming.document, titleOf(conversation), omissions);
			this.#batch.push(conversation);
			this.#batchLength += incoming.length;
		} else {
			this.#result.passed += 1;
		}
		if (this.#batch.length >= batchSize || this.#batchLength > batchLength) {
			await this.#addBatch();
		}
	}

	async #addBatch(): Promise<void> {
		const conversations = this.#batch.splice(0);
		this.#batchLength = 0;
		if (conversations.length > 0) {
			await this.#library.add(conversations);
			this.#result.added += conversations.length;
		}
	}

	#tell(name: string, { readBytes, totalBytes }: ImportPieces): void {
		const percent = totalBytes > 0 ? Math.floor((100 * readBytes) / totalBytes) : 100;
		this.#report(
			`${name}: ${percent}%, ${describeCount(this.#result.added, "conversation")} added`,
		);
	}

	/** Lets the extension host do other things now and then. */
	async #others(signal: AbortSignal): Promise<void> {
		if (performance.now() - this.#sliceFromMs > sliceMs) {
			await setImmediate();
			this.#sliceFromMs = performance.now();
		}
		signal.throwIfAborted();
	}
}

/**
 * @returns what tells whether two conversations are the same one: the millisecond in which they began; where only the
 * second is known, their title too.
 */
function markOf({ createdAtMs, title }: Pick<ChatSummary, "createdAtMs" | "title">): string {
	return createdAtMs % 1000 === 0 ? `${createdAtMs} ${title}` : String(createdAtMs);
}
