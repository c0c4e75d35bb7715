import { ProgressLocation, window } from "vscode";
import { askForSummary, summaryRequest, type SummaryQuestion } from "../prompt/askForSummary";
import { carrySummary } from "../prompt/carrySummary";
import type { ShownChat } from "../chat/shownChat";
import { systemClock } from "../base/clock";
import type { LanguageModel } from "../inference/languageModel";
import { UserError } from "../base/userError";
import { formatPercent } from "../../wording/format";
import { plural, t } from "../../wording/localize";

/**
 * Continues in a new chat that begins with a summary of the current one. Shows progress, with Cancel. The current chat
 * does not change.
 *
 * @throws {UserError} if the model produced no summary
 */
export async function summarizeChat(
	languageModel: LanguageModel,
	shown: ShownChat,
	settings: Pick<SummaryQuestion, "systemPrompt" | "thinking">,
): Promise<void> {
	const { chat } = shown;
	const path = chat?.conversation.path() ?? [];
	if (!chat || path.length === 0) {
		return;
	}
	const abort = new AbortController();
	const summary = await askWithProgress(languageModel, { ...settings, path }, abort);
	if (summary !== undefined) {
		await carrySummary(shown, chat.conversation, { request: summaryRequest, summary }, systemClock);
	} else if (!abort.signal.aborted) {
		throw new UserError(t("The model gave no summary. The chat is unchanged."));
	}
}

function askWithProgress(
	languageModel: LanguageModel,
	question: SummaryQuestion,
	abort: AbortController,
): Thenable<string | undefined> {
	return window.withProgress(
		{
			location: ProgressLocation.Notification,
			title: t("Summarizing the chat"),
			cancellable: true,
		},
		async (notification, token) => {
			const subscription = token.onCancellationRequested(() => {
				abort.abort();
			});
			try {
				const listener = {
					onRead: (fraction: number) => {
						notification.report({ message: t("reading… {0}", formatPercent(fraction)) });
					},
					onWritten: (words: number) => {
						notification.report({ message: plural(words, "{0} word", "{0} words") });
					},
				};
				return await askForSummary(languageModel, question, listener, abort.signal);
			} finally {
				subscription.dispose();
			}
		},
	);
}
