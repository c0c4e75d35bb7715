import type { AttachmentId, ChatState } from "../../protocol/chat";
import type { AttachedCode } from "./attachedCode";
import type { ChatStore } from "./chatStore";

/** UTF-16 units of one piece of code: far over any context, small enough to be held in memory. */
export const maxAttachmentLength = 4_000_000;
/** Pieces of code that one message may carry. */
export const maxAttachments = 32;

/** The code behind the chips. What neither the composer nor a turn refers to any more is let go. */
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
		const chips = [...this.#store.state.attachments];
		let foundRoom = true;
		for (const code of codes) {
			if (chips.some((chip) => isSameCode(this.#codeById.get(chip.id), code))) {
				continue;
			}
			if (chips.length >= maxAttachments) {
				foundRoom = false;
				break;
			}
			this.#codeById.set(code.chip.id, code);
			chips.push(code.chip);
		}
		if (chips.length > this.#store.state.attachments.length) {
			this.#store.publish({ type: "attachmentsChanged", attachments: chips });
		}
		return foundRoom;
	}

	/** Takes code out of the composer. An unknown id does nothing: two views may remove the same chip. */
	remove(id: AttachmentId): void {
		const before = this.#store.state.attachments;
		const attachments = before.filter((chip) => chip.id !== id);
		if (attachments.length < before.length) {
			this.#store.publish({ type: "attachmentsChanged", attachments });
			this.releaseUnused([]);
		}
	}

	/** Lets go of all code that neither the conversation nor `alsoKept` refers to. */
	releaseUnused(alsoKept: ChatState["turns"]): void {
		const { attachments, turns } = this.#store.state;
		const used = new Set(attachments.map((chip) => chip.id));
		for (const turn of [...turns, ...alsoKept]) {
			if (turn.role === "user") {
				for (const chip of turn.attachments) {
					used.add(chip.id);
				}
			}
		}
		for (const id of this.#codeById.keys()) {
			if (!used.has(id)) {
				this.#codeById.delete(id);
			}
		}
	}
}

function isSameCode(a: AttachedCode | undefined, b: AttachedCode): boolean {
	return (
		a?.uri === b.uri &&
		a.code === b.code &&
		a.range.startLine === b.range.startLine &&
		a.range.startCharacter === b.range.startCharacter
	);
}
