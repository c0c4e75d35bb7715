import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import { describeImport, importDetails, type ImportResult } from "./describeExchange";
import type { ExchangeDialogs } from "./exchangeDialogs";
import { importDocuments, type ChosenFile } from "./importDocuments";
import { readChats } from "./readChats";

export interface ImportParts {
	readonly library: ChatLibrary;
	readonly dialogs: Pick<ExchangeDialogs, "chooseImports" | "withProgress" | "tell" | "showText">;
	readonly showHistory: () => Promise<void> | void;
	readonly nowMs: () => number;
}

/** How many conversations are added at a time, and how long the extension host is kept from other things. */
const batchSize = 25;
const sliceMs = 16;

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
	const result = await dialogs.withProgress("Importing Chats", (report, signal) => {
		const accepts = (conversation: Conversation): boolean =>
			known.has(markOf({ ...conversation.header, title: titleOf(conversation) })) ===
			(which === "known");
		return runImport(files, accepts, report, signal, parts);
	});
	const hasDetails = result.problems.length > 0 || result.leftOut.length > 0;
	const chosen = await dialogs.tell(
		result.added > 0 && !hasDetails && result.failure === undefined ? "information" : "warning",
		describeImport(result, which),
		[
			...(result.added > 0 ? (["Open History"] as const) : []),
			...(result.passed > 0 && which === "new" ? (["Import Copies"] as const) : []),
			...(hasDetails ? (["Show Details"] as const) : []),
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

async function runImport(
	files: readonly ChosenFile[],
	accepts: (conversation: Conversation) => boolean,
	report: (message: string) => void,
	signal: AbortSignal,
	{ library, nowMs }: ImportParts,
): Promise<ImportResult> {
	const omissions = { images: 0, files: 0, toolMessages: 0, systemMessages: 0 };
	const result: ImportResult = {
		added: 0,
		passed: 0,
		leftOut: [],
		problems: [],
		omissions,
		failure: undefined,
		cancelled: false,
	};
	const batch: Conversation[] = [];
	const addBatch = async (): Promise<void> => {
		const conversations = batch.splice(0);
		if (conversations.length > 0) {
			await library.add(conversations);
			result.added += conversations.length;
			report(`${result.added} so far`);
		}
	};
	const context = { newId: () => randomUUID(), nowMs: nowMs(), omissions };
	let sliceFromMs = performance.now();
	const others = async (): Promise<void> => {
		if (performance.now() - sliceFromMs > sliceMs) {
			await setImmediate();
			sliceFromMs = performance.now();
		}
		signal.throwIfAborted();
	};
	try {
		for (const file of files) {
			for await (const { name, content } of importDocuments(file, signal)) {
				if ("problem" in content) {
					result.problems.push({ name, problem: content.problem });
					continue;
				}
				const document = readChats(content.text, context);
				if (document.kind === "refused") {
					result.problems.push({ name, problem: document.problem });
					continue;
				}
				for (const chat of document.chats) {
					if (!(chat instanceof Conversation)) {
						result.leftOut.push({ name, ...chat });
					} else if (accepts(chat)) {
						batch.push(chat);
					} else {
						result.passed += 1;
					}
					if (batch.length >= batchSize) {
						await addBatch();
					}
					await others();
				}
			}
		}
		await addBatch();
	} catch (error) {
		if (signal.aborted) {
			result.cancelled = true;
		} else if (error instanceof Error && "code" in error) {
			result.failure = error;
		} else {
			throw error;
		}
	}
	return result;
}

/**
 * @returns what tells whether two conversations are the same one: the millisecond in which they began; where only the
 * second is known, their title too.
 */
function markOf({ createdAtMs, title }: Pick<ChatSummary, "createdAtMs" | "title">): string {
	return createdAtMs % 1000 === 0 ? `${createdAtMs} ${title}` : String(createdAtMs);
}
