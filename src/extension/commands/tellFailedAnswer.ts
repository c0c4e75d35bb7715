import { window } from "vscode";
import { describeFailure } from "../../wording/describeFailure";
import type { FailedAnswer } from "../chat/failedAnswer";
import { withoutLinks } from "../ui/notificationText";
import { UserError } from "../base/userError";

const openChat = "Open Chat";

/**
 * Tells of an answer that failed in a conversation that is not shown, and opens that one if the person likes. Settles
 * when the notification is gone.
 *
 * @param show shows the conversation and the chat; `false` if there is no such conversation
 * @throws {UserError} if it cannot be opened any more.
 */
export async function tellFailedAnswer(
	{ chatId, title, failure }: FailedAnswer,
	show: (chatId: string) => Promise<boolean>,
): Promise<void> {
	const sentence = `No answer in “${title}”: ${describeFailure(failure).sentence}`;
	const chosen = await window.showErrorMessage(withoutLinks(sentence), openChat);
	if (chosen !== undefined && !(await show(chatId))) {
		throw new UserError(
			`“${title}” cannot be opened: it was deleted, or its file cannot be read. The history names files that cannot be read.`,
		);
	}
}
