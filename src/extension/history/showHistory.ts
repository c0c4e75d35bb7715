import { commands } from "vscode";
import { assertNever } from "../../protocol/assertNever";
import type { RunAction } from "../base/runAction";
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Log } from "../base/log";
import { UserError } from "../base/userError";
import { shownTitle } from "../../wording/describeChat";
import { displayLanguage, t } from "../../wording/localize";
import { ChatChanges, type ChatChangesParts } from "./chatChanges";
import { DayWords } from "./dayWords";
import { showDeletedChats } from "./deletedPicker";
import { HistoryPicker } from "./historyPicker";

export interface HistoryParts extends ChatChangesParts {
	readonly library: ChatLibrary;
	/** The absolute path of the chats folder. */
	readonly folder: string;
	readonly newChat: () => Promise<void> | void;
	readonly clock: Clock;
	readonly log: Log;
	readonly run: RunAction;
}

/**
 * Shows the chats on this machine, and opens the one that the user chooses.
 *
 * @throws {UserError} if that chat cannot be opened
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
					t(
						"“{0}” cannot be opened, because its file is missing or unreadable. Files that cannot be read are at the end of the history.",
						shownTitle(answer.chat.title),
					),
				);
			}
			return;
		default:
			assertNever(answer);
	}
}
