import { withoutLinks } from "../ui/notificationText";
import { window } from "vscode";
import type { RunAction } from "../base/runAction";
import type { ChatId } from "../../protocol/chat/ids";
import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import { titleByUser } from "../conversation/title";
import { UserError } from "../base/userError";
import { withReason } from "./withReason";
import { plural, t } from "../../wording/localize";
import { shownTitle } from "../../wording/describeChat";

export interface ChatChangesParts {
	readonly library: Pick<
		ChatLibrary,
		"change" | "delete" | "restore" | "deletePermanently" | "emptyDeleted"
	>;
	/** Returns the id of the chat that this window shows. */
	readonly shownId: () => ChatId | undefined;
	/** Shows a chat. @returns `false` if it cannot be shown */
	readonly show: (id: ChatId) => Promise<boolean>;
	/** Stops the work of this window in a chat. If the window shows that chat, it shows a new one instead. */
	readonly letGo: (id: ChatId) => Promise<void>;
	/** Shows changes to the chat that this window shows. */
	readonly refreshShown: () => void;
	readonly run: RunAction;
}

/** Changes chats without opening them. Each method rejects with a `UserError` if the disk prevents it. */
export class ChatChanges {
	readonly #parts: ChatChangesParts;

	constructor(parts: ChatChangesParts) {
		this.#parts = parts;
	}

	async rename({ id, title }: ChatSummary, text: string): Promise<void> {
		await withReason(t("“{0}” was not renamed.", shownTitle(title)), () =>
			this.#parts.library.change(id, [titleByUser(text)]),
		);
		this.#parts.refreshShown();
	}

	async setPinned({ id, title }: ChatSummary, pinned: boolean): Promise<void> {
		const failure = pinned
			? t("“{0}” was not pinned.", shownTitle(title))
			: t("“{0}” was not unpinned.", shownTitle(title));
		await withReason(failure, () => this.#parts.library.change(id, [{ type: "pinned", pinned }]));
	}

	/** Deletes a chat, and offers Undo. */
	async delete(chat: ChatSummary): Promise<void> {
		const { library, shownId, letGo, run } = this.#parts;
		const wasShown = shownId() === chat.id;
		await letGo(chat.id);
		await withReason(t("“{0}” was not deleted.", shownTitle(chat.title)), () =>
			library.delete(chat.id),
		);
		const shownInstead = wasShown ? shownId() : undefined;
		// Not awaited: VS Code hides the notification after ten seconds without settling the promise.
		void run(() => this.#offerUndo(chat, shownInstead));
	}

	/** Restores a deleted chat. @throws {UserError} if it was deleted permanently in the meantime */
	async restore({ id, title }: ChatSummary): Promise<void> {
		const isBack = await withReason(t("“{0}” was not restored.", shownTitle(title)), () =>
			this.#parts.library.restore(id),
		);
		if (!isBack) {
			throw new UserError(
				t("“{0}” was not restored, because it was deleted permanently.", shownTitle(title)),
			);
		}
	}

	/** Deletes a chat permanently. Asks first, because this cannot be undone. */
	async deletePermanently({ id, title }: ChatSummary): Promise<void> {
		const shown = shownTitle(title);
		if (await isSure(t("Delete “{0}” permanently? You cannot undo this.", shown))) {
			await withReason(t("“{0}” was not deleted.", shown), () =>
				this.#parts.library.deletePermanently(id),
			);
		}
	}

	/** Deletes all deleted chats permanently. Asks first. @param count how many are listed */
	async emptyDeleted(count: number): Promise<void> {
		const question = plural(
			count,
			"Delete {0} deleted chat permanently? You cannot undo this.",
			"Delete all {0} deleted chats permanently? You cannot undo this.",
		);
		if (await isSure(question)) {
			await withReason(t("Not every deleted chat was removed."), () =>
				this.#parts.library.emptyDeleted(),
			);
		}
	}

	async #offerUndo(chat: ChatSummary, shownInstead: ChatId | undefined): Promise<void> {
		const { shownId, show } = this.#parts;
		const answer = await window.showInformationMessage(
			withoutLinks(t("“{0}” was deleted.", shownTitle(chat.title))),
			t("Undo"),
		);
		if (answer !== undefined) {
			await this.restore(chat);
			if (shownInstead !== undefined && shownId() === shownInstead) {
				await show(chat.id);
			}
		}
	}
}

async function isSure(question: string): Promise<boolean> {
	const sure = t("Delete Permanently");
	return (await window.showWarningMessage(question, { modal: true }, sure)) === sure;
}
