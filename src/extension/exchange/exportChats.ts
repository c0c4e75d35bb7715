import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import { UserError } from "../base/userError";
import { chatAsMarkdown } from "./chatAsMarkdown";
import { formatCount } from "../../wording/format";
import { plural, t } from "../../wording/localize";
import { describeWriteFailure } from "./describeWriteFailure";
import type { ExchangeDialogs, ExportFile, ExportFolder, ExportKind } from "./exchangeDialogs";
import { fileNameOf, UniqueNames } from "./exportFileNames";
import { exportText } from "./exportFormat";

const endings: Readonly<Record<ExportKind, string>> = { markdown: ".md", json: ".json" };

/** Matches the names of deleted conversations. */
const isDeleted = /^deleted(?:[\\/]|$)/;

/**
 * Exports one conversation to a file, as Markdown or JSON.
 *
 * @throws {UserError} if the conversation is empty, or if the file cannot be written.
 */
export async function exportChat<File extends ExportFile, Folder extends ExportFolder>(
	conversation: Conversation,
	dialogs: ExchangeDialogs<File, Folder>,
	nowMs: number,
): Promise<void> {
	if (conversation.turns().next().done === true) {
		throw new UserError(
			t("This chat is empty. Open the chat that you want to export from Chat History."),
		);
	}
	const kind = await dialogs.chooseKind(t("Export Chat"));
	const file =
		kind && (await dialogs.chooseFile(fileNameOf(titleOf(conversation)) + endings[kind], kind));
	if (!file) {
		return;
	}
	const pieces =
		kind === "markdown"
			? each(chatAsMarkdown(conversation))
			: exportText(each(conversation), nowMs);
	if (await written(dialogs, t("Exporting Chat"), (signal) => file.write(pieces, signal))) {
		dialogs.tellExported(t("The chat was exported to {0}.", file.name), file);
	}
}

/**
 * Exports all conversations: as JSON to one file, or as Markdown to one file each.
 *
 * @throws {UserError} if there are no conversations, or if a file cannot be written.
 */
export async function exportAllChats<File extends ExportFile, Folder extends ExportFolder>(
	library: ChatLibrary,
	dialogs: ExchangeDialogs<File, Folder>,
	nowMs: number,
): Promise<void> {
	const { chats, unreadable } = await library.list();
	if (chats.length === 0) {
		throw new UserError(t("You have no chats yet. Send a message first."));
	}
	const kind = await dialogs.chooseKind(t("Export All Chats"));
	if (!kind) {
		return;
	}
	const target =
		kind === "markdown"
			? await dialogs.chooseFolder()
			: await dialogs.chooseFile(
					t("Chats {0}.json", new Date(nowMs).toISOString().slice(0, 10)),
					kind,
				);
	if (!target) {
		return;
	}
	const opened = new OpenedInTurn(library, chats);
	const isDone = await written(dialogs, t("Exporting Chats"), async (signal, report) => {
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
		const sentences = [
			plural(
				opened.count,
				"{0} chat was exported to {1}.",
				"{0} chats were exported to {1}.",
				target.name,
			),
			...(missing > 0
				? [
						plural(
							missing,
							"{0} chat could not be read, and was not exported.",
							"{0} chats could not be read, and were not exported.",
						),
					]
				: []),
		];
		dialogs.tellExported(sentences.join(" "), target);
	}
}

/** Opens the conversations of a library one after another, and counts them. */
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
			report(
				t(
					"{0} of {1}",
					formatCount(this.count + this.missing + 1),
					formatCount(this.#chats.length),
				),
			);
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
 * Writes with progress and a Cancel button.
 *
 * @returns `false` if the user canceled
 * @throws {UserError} if writing failed
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
