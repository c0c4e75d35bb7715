import type { ChatAttachments } from "../chat/chatAttachments";
import type { ChatStore } from "../chat/chatStore";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { noRoomForCode } from "../chat/noRoomForCode";
import { UserError } from "../base/userError";
import { placeName, type EditorPlace } from "./editorPlace";
import type { EditorTracker } from "./editorTracker";
import { selectedCode } from "./selectedCode";
import { t } from "../../wording/localize";

/** Attaches code from the user's current or last editor, and shows in every view which editor that is. */
export class CodeAttacher implements Disposable {
	readonly #store: ChatStore;
	readonly #attachments: ChatAttachments;
	readonly #editors: EditorTracker;
	readonly #owned = new DisposableStore();
	#reading: Promise<void> | undefined;

	constructor(store: ChatStore, attachments: ChatAttachments, editors: EditorTracker) {
		this.#store = store;
		this.#attachments = attachments;
		this.#editors = editors;
		this.#publish();
		this.#owned.own(
			editors.onDidMove(() => {
				this.#publish();
			}),
		);
	}

	/** Settles when every attachment requested so far has been added or has failed. */
	get settled(): Promise<void> {
		return this.#reading ?? Promise.resolve();
	}

	/**
	 * Attaches the code of the current editor, and shows the chat.
	 *
	 * @param showChat called once an editor is found, while its code is still being read
	 * @throws {UserError} if there is no editor, its code cannot be attached, or the message has no room for it
	 */
	async attach(showChat: () => Promise<void> | void): Promise<void> {
		const place = await this.#editors.settledPlace();
		if (!place) {
			throw new UserError(t("Open a file first, then attach its code."));
		}
		const reading = this.#read(place);
		const settled = Promise.allSettled([this.#reading, reading]).then(() => {
			if (this.#reading === settled) {
				this.#reading = undefined;
				this.#publish();
			}
		});
		this.#reading = settled;
		this.#publish();
		await Promise.all([reading, showChat()]);
	}

	dispose(): void {
		this.#owned.dispose();
	}

	async #read(place: EditorPlace): Promise<void> {
		if (!this.#attachments.add(await selectedCode(place))) {
			throw noRoomForCode();
		}
	}

	#publish(): void {
		const { place } = this.#editors;
		const source = {
			name: place && placeName(place),
			isReading: this.#reading !== undefined,
		};
		const { codeSource: shown } = this.#store.state;
		if (shown.name !== source.name || shown.isReading !== source.isReading) {
			this.#store.publish({ type: "codeSourceChanged", source });
		}
	}
}
