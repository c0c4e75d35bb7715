import { withoutLinks } from "../ui/notificationText";
import { window } from "vscode";
import type { RunAction } from "../base/runAction";
import type { ChatId } from "../../protocol/chat/ids";
import { formatCount } from "../../wording/format";
import type { ChatLibrary, ChatSummary } from "../conversation/chatLibrary";
import { titleByUser } from "../conversation/title";
import { UserError } from "../base/userError";
import { withReason } from "./withReason";

export interface ChatChangesParts {
	readonly library: Pick<
		ChatLibrary,
		"change" | "delete" | "restore" | "deletePermanently" | "emptyDeleted"
	>;
	/** The conversation that the window shows. */
	readonly shownId: () => ChatId | undefined;
	/** @returns `false` if it cannot be shown. */
	readonly show: (id: ChatId) => Promise<boolean>;
	/** Ends what this window does in a conversation, and shows another one in place of it. */
	readonly letGo: (id: ChatId) => Promise<void>;
	/** Has the window show what was changed of its conversation. */
	readonly refreshShown: () => void;
	readonly run: RunAction;
}

/** What can be done to a conversation without opening it. Each rejects with a `UserError` where the disk is in the way. */
export class ChatChanges {
	readonly #parts: ChatChangesParts;

	constructor(parts: ChatChangesParts) {
		this.#parts = parts;
	}

	async rename({ id, title }: ChatSummary, text: string): Promise<void> {
		await withReason(`“${title}” was not renamed`, () =>
			this.#parts.library.change(id, [titleByUser(text)]),
		);
		this.#parts.refreshShown();
	}

	async setPinned({ id, title }: ChatSummary, pinned: boolean): Promise<void> {
		await withReason(`“${title}” was not ${pinned ? "pinned" : "unpinned"}`, () =>
			this.#parts.library.change(id, [{ type: "pinned", pinned }]),
		);
	}

	/** Deletes a conversation, and offers to undo that. */
	async delete(chat: ChatSummary): Promise<void> {
		const { library, shownId, letGo, run } = this.#parts;
		const wasShown = shownId() === chat.id;
		await letGo(chat.id);
		await withReason(`“${chat.title}” was not deleted`, () => library.delete(chat.id));
		const shownInstead = wasShown ? shownId() : undefined;
		// Not awaited: VS Code takes the notification off the screen after ten seconds, and tells nobody.
		void run(() => this.#offerUndo(chat, shownInstead));
	}

	/** @throws {UserError} if it was deleted permanently meanwhile. */
	async restore({ id, title }: ChatSummary): Promise<void> {
		const isBack = await withReason(`“${title}” was not restored`, () =>
			this.#parts.library.restore(id),
		);
		if (!isBack) {
			throw new UserError(`“${title}” was not restored: it was deleted permanently.`);
		}
	}

	/** Asks first: there is no way back. */
	async deletePermanently({ id, title }: ChatSummary): Promise<void> {
		if (await isSure(`“${title}”`)) {
			await withReason(`“${title}” was not deleted`, () =>
				this.#parts.library.deletePermanently(id),
			);
		}
	}

	/** Asks first: there is no way back. `count` is of the conversations that are listed. */
	async emptyDeleted(count: number): Promise<void> {
		const all =
			count === 1 ? "the deleted conversation" : `all ${formatCount(count)} deleted conversations`;
		if (await isSure(all)) {
			await withReason("The deleted conversations were not all removed", () =>
				this.#parts.library.emptyDeleted(),
			);
		}
	}

	async #offerUndo(chat: ChatSummary, shownInstead: ChatId | undefined): Promise<void> {
		const { shownId, show } = this.#parts;
		const answer = await window.showInformationMessage(
			withoutLinks(`“${chat.title}” deleted`),
			"Undo",
		);
		if (answer !== undefined) {
			await this.restore(chat);
			if (shownInstead !== undefined && shownId() === shownInstead) {
				await show(chat.id);
			}
		}
	}
}

async function isSure(what: string): Promise<boolean> {
	const sure = "Delete Permanently";
	const question = `Delete ${what} permanently? You cannot undo this.`;
	return (await window.showWarningMessage(question, { modal: true }, sure)) === sure;
}
