import type { AttachmentId } from "../../protocol/chat";
import type { AttachedCode } from "../conversation/attachedCode";
import type { ChatStore } from "./chatStore";

/** UTF-16 units of one piece of code: far over any context, small enough to be held in memory. */
export const maxAttachmentLength = 4_000_000;
/** Pieces of code that one message may carry. */
export const maxAttachments = 32;

/** The code that lies in the composer, behind its chips. */
export class ChatAttachments {
	readonly #store: ChatStore;
	readonly #codeById = new Map<AttachmentId, AttachedCode>();

	constructor(store: ChatStore) {
		this.#store = store;
	}

	get(id: AttachmentId): AttachedCode | undefined {
		return this.#codeById.get(id);
	}

	/**
	 * Puts code into the composer; what lies there already is not added twice.
	 *
	 * @returns whether all of it found room.
	 */
	add(codes: readonly AttachedCode[]): boolean {
		const sizeBefore = this.#codeById.size;
		let foundRoom = true;
		for (const code of codes) {
			if ([...this.#codeById.values()].some((present) => isSameCode(present, code))) {
				continue;
			}
			if (this.#codeById.size >= maxAttachments) {
				foundRoom = false;
				break;
			}
			this.#codeById.set(code.chip.id, code);
		}
		if (this.#codeById.size > sizeBefore) {
			this.#publish();
		}
		return foundRoom;
	}

	/** Takes code out of the composer. An unknown id does nothing: two views may remove the same chip. */
	remove(id: AttachmentId): void {
		if (this.#codeById.delete(id)) {
			this.#publish();
		}
	}

	/** @returns all code of the composer, which is empty then. */
	take(): readonly AttachedCode[] {
		const codes = [...this.#codeById.values()];
		if (codes.length > 0) {
			this.#codeById.clear();
			this.#publish();
		}
		return codes;
	}

	/** Lays code that was taken before what lies there by now. */
	putBack(codes: readonly AttachedCode[]): void {
		const since = this.take();
		for (const code of [...codes, ...since]) {
			this.#codeById.set(code.chip.id, code);
		}
		this.#publish();
	}

	#publish(): void {
		const attachments = [...this.#codeById.values()].map(({ chip }) => chip);
		this.#store.publish({ type: "attachmentsChanged", attachments });
	}
}

function isSameCode(a: AttachedCode, b: AttachedCode): boolean {
	return (
		a.uri === b.uri &&
		a.code === b.code &&
		a.range.startLine === b.range.startLine &&
		a.range.startCharacter === b.range.startCharacter
	);
}
