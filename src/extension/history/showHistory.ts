import { commands } from "vscode";
import { assertNever } from "../../protocol/assertNever";
import type { RunAction } from "../base/runAction";
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Log } from "../base/log";
import { UserError } from "../base/userError";
import { displayLanguage } from "../../wording/localize";
import { ChatChanges, type ChatChangesParts } from "./chatChanges";
import { DayWords } from "./dayWords";
import { showDeletedChats } from "./deletedPicker";
import { HistoryPicker } from "./historyPicker";

export interface HistoryParts extends ChatChangesParts {
	readonly library: ChatLibrary;
	/** Where the files of `library` lie. */
	readonly folder: string;
	readonly newChat: () => Promise<void> | void;
	readonly clock: Clock;
	readonly log: Log;
	readonly run: RunAction;
}

/**
 * Shows the conversations of this machine, and opens the one that is chosen.
 *
 * @throws {UserError} if that one cannot be opened.
 */
export async function showHistory(parts: HistoryParts): Promise<void> {
	const { show, newChat } = parts;
	const words = new DayWords(displayLanguage());
	const changes = new ChatChanges(parts);
	const picker = new HistoryPicker({
		...parts,
		changes,
		words,
		showDeleted: () => showDeletedChats({ ...parts, changes, words }),
	});
	const answer = await picker.show().finally(() => {
		picker.dispose();
	});
	switch (answer?.kind) {
		case undefined:
			return;
		case "newChat":
			await newChat();
			return;
		case "command":
			await commands.executeCommand(answer.id);
			return;
		case "open":
			if (!(await show(answer.chat.id))) {
				throw new UserError(
					`“${answer.chat.title}” cannot be opened: its file is gone, or cannot be read. The history names files that cannot be read.`,
				);
			}
			return;
		default:
			assertNever(answer);
	}
}
