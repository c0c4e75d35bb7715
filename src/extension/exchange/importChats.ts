import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ImportPiece, ImportPieces } from "../../protocol/import/chatImport";
import { formatPercent } from "../../wording/format";
import { plural, t } from "../../wording/localize";
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
	/** Returns a reader for one import. */
	readonly createReader: () => ImportReader;
	readonly showHistory: () => Promise<void> | void;
	readonly nowMs: () => number;
}

/** The largest number of conversations in one batch. */
const batchSize = 25;
/** The largest number of characters in one batch. */
const batchLength = 4_000_000;
/** How long the import may keep the extension host from other work. */
const sliceMs = 8;

/** Imports the conversations of the files that the user chooses, and shows the outcome. */
export async function importChats(parts: ImportParts): Promise<void> {
	const files = await parts.dialogs.chooseImports();
	if (files && files.length > 0) {
		// The conversations that existed before the import. A second run, which makes copies, uses the same keys.
		await importFrom(files, (await parts.library.list()).chats, "new", parts);
	}
}

/** @param which "new" skips conversations that already exist; "known" imports only those, as copies */
async function importFrom(
	files: readonly ChosenFile[],
	before: readonly ChatSummary[],
	which: "new" | "known",
	parts: ImportParts,
): Promise<void> {
	const { dialogs, showHistory } = parts;
	const known = new Set(before.map(markOf));
	const result = await dialogs.withProgress(t("Importing Chats"), async (report, signal) => {
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
			...(result.added > 0 ? [{ action: "openHistory", label: t("Open History") } as const] : []),
			...(result.passed > 0 && which === "new"
				? [{ action: "importCopies", label: t("Import Copies") } as const]
				: []),
			...(result.hasDetails ? [{ action: "showDetails", label: t("Show Details") } as const] : []),
		],
	);
	switch (chosen) {
		case "openHistory":
			await showHistory();
			break;
		case "importCopies":
			await importFrom(files, before, "known", parts);
			break;
		case "showDetails":
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
		const percent = formatPercent(totalBytes > 0 ? readBytes / totalBytes : 1);
		this.#report(
			plural(
				this.#result.added,
				"{1}: {2}, {0} chat imported",
				"{1}: {2}, {0} chats imported",
				name,
				percent,
			),
		);
	}

	/** Lets the extension host do other work after each slice. */
	async #others(signal: AbortSignal): Promise<void> {
		if (performance.now() - this.#sliceFromMs > sliceMs) {
			await setImmediate();
			this.#sliceFromMs = performance.now();
		}
		signal.throwIfAborted();
	}
}

/**
 * Returns a key that is equal for two copies of a conversation: the millisecond in which it began. If a program stored
 * only the second, the title is part of the key.
 */
function markOf({ createdAtMs, title }: Pick<ChatSummary, "createdAtMs" | "title">): string {
	return createdAtMs % 1000 === 0 ? `${createdAtMs} ${title}` : String(createdAtMs);
}
