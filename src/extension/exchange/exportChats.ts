import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import { UserError } from "../base/userError";
import { chatAsMarkdown } from "./chatAsMarkdown";
import { describeCount } from "../../wording/format";
import { describeWriteFailure } from "./describeWriteFailure";
import type { ExchangeDialogs, ExportFile, ExportFolder, ExportKind } from "./exchangeDialogs";
import { fileNameOf, UniqueNames } from "./exportFileNames";
import { exportText } from "./exportFormat";

const endings: Readonly<Record<ExportKind, string>> = { markdown: ".md", json: ".json" };

/** The name of what lies among the deleted conversations. */
const isDeleted = /^deleted(?:[\\/]|$)/;

/**
 * Writes one conversation into a file, as Markdown or as JSON.
 *
 * @throws {UserError} if nothing was said in it, or if the file cannot be written.
 */
export async function exportChat<File extends ExportFile, Folder extends ExportFolder>(
	conversation: Conversation,
	dialogs: ExchangeDialogs<File, Folder>,
	nowMs: number,
): Promise<void> {
	if (conversation.turns().next().done === true) {
		throw new UserError(
			"Nothing was said in this chat, so there is nothing to export. Open the one to export from Chat History.",
		);
	}
	const kind = await dialogs.chooseKind("Export Chat");
	const file =
		kind && (await dialogs.chooseFile(fileNameOf(titleOf(conversation)) + endings[kind], kind));
	if (!file) {
		return;
	}
	const pieces =
		kind === "markdown"
			? each(chatAsMarkdown(conversation))
			: exportText(each(conversation), nowMs);
	if (await written(dialogs, "Exporting Chat", (signal) => file.write(pieces, signal))) {
		dialogs.tellExported(`The chat was exported to ${file.name}.`, file);
	}
}

/**
 * Writes all conversations: as JSON into one file, as Markdown each into a file of its own.
 *
 * @throws {UserError} if there are none, or if something cannot be written.
 */
export async function exportAllChats<File extends ExportFile, Folder extends ExportFolder>(
	library: ChatLibrary,
	dialogs: ExchangeDialogs<File, Folder>,
	nowMs: number,
): Promise<void> {
	const { chats, unreadable } = await library.list();
	if (chats.length === 0) {
		throw new UserError("There are no chats to export yet.");
	}
	const kind = await dialogs.chooseKind("Export All Chats");
	if (!kind) {
		return;
	}
	const target =
		kind === "markdown"
			? await dialogs.chooseFolder()
			: await dialogs.chooseFile(`Chats ${new Date(nowMs).toISOString().slice(0, 10)}.json`, kind);
	if (!target) {
		return;
	}
	const opened = new OpenedInTurn(library, chats);
	const isDone = await written(dialogs, "Exporting Chats", async (signal, report) => {
		const conversations = opened.each(report, signal);
		if ("write" in target) {
			await target.write(exportText(conversations, nowMs), signal);
		} else {
			const names = new UniqueNames(await target.names());
			for await (const conversation of conversations) {
				const name = names.next(fileNameOf(titleOf(conversation)), endings.markdown);
				await target.file(name).write(each(chatAsMarkdown(conversation)), signal);
			}
		}
	});
	if (isDone) {
		const missing = opened.missing + unreadable.filter((name) => !isDeleted.test(name)).length;
		const left =
			missing > 0
				? ` ${describeCount(missing, "chat")} could not be read and ${missing === 1 ? "is" : "are"} not among them.`
				: "";
		dialogs.tellExported(
			`${describeCount(opened.count, "chat")} ${opened.count === 1 ? "was" : "were"} exported to ${target.name}.${left}`,
			target,
		);
	}
}

/** The conversations of a library, opened one after the other. */
class OpenedInTurn {
	readonly #library: ChatLibrary;
	readonly #chats: readonly ChatSummary[];
	count = 0;
	missing = 0;

	constructor(library: ChatLibrary, chats: readonly ChatSummary[]) {
		this.#library = library;
		this.#chats = chats;
	}

	async *each(
		report: (message: string) => void,
		signal: AbortSignal,
	): AsyncGenerator<Conversation> {
		for (const { id } of this.#chats) {
			signal.throwIfAborted();
			report(`${this.count + this.missing + 1} of ${this.#chats.length}`);
			const opened = await this.#library.open(id);
			if (!opened) {
				this.missing += 1;
				continue;
			}
			this.count += 1;
			try {
				yield opened.conversation;
			} finally {
				opened.dispose();
			}
		}
	}
}

/**
 * Carries out the writing.
 *
 * @returns `false` if the person cancelled it
 * @throws {UserError} if it failed
 */
async function written(
	dialogs: Pick<ExchangeDialogs, "withProgress">,
	title: string,
	write: (signal: AbortSignal, report: (message: string) => void) => Promise<void>,
): Promise<boolean> {
	return dialogs.withProgress(title, async (report, signal) => {
		try {
			await write(signal, report);
			return true;
		} catch (error) {
			if (signal.aborted) {
				return false;
			}
			throw new UserError(describeWriteFailure(error));
		}
	});
}

async function* each<T>(...items: readonly T[]): AsyncGenerator<T> {
	yield* items;
	await Promise.resolve();
}
