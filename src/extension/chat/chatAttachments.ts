import type { AttachmentId } from "../../protocol/chat/ids";
import type { AttachedCode } from "../conversation/attachedCode";
import type { ChatStore } from "./chatStore";

/** The longest piece of code, in UTF-16 units: longer than any context, but small enough for memory. */
export const maxAttachmentLength = 4_000_000;
/** How many pieces of code a message may have. */
export const maxAttachments = 32;

/** Keeps the code in a window's composer until the window opens again. */
export interface AttachmentsKeeper {
	get(): readonly AttachedCode[];
	set(codes: readonly AttachedCode[]): void;
}

/** The code behind the chips in the composer. The first use restores the kept code. */
export class ChatAttachments {
	readonly #store: ChatStore;
	readonly #keeper: AttachmentsKeeper;
	readonly #codeById = new Map<AttachmentId, AttachedCode>();
	#isRestored = false;

	constructor(store: ChatStore, keeper: AttachmentsKeeper) {
		this.#store = store;
		this.#keeper = keeper;
	}

	/** Restores the code that was attached when the window last closed. Further calls do nothing. */
	restore(): void {
		if (!this.#isRestored) {
			this.#isRestored = true;
			this.#insert(this.#keeper.get());
			if (this.#codeById.size > 0) {
				this.#publish();
			}
		}
	}

	/** All code in the composer. */
	get codes(): readonly AttachedCode[] {
		return [...this.#codeById.values()];
	}

	get(id: AttachmentId): AttachedCode | undefined {
		this.restore();
		return this.#codeById.get(id);
	}

	/**
	 * Adds code to the composer. Code that is already there is not added again. A part replaces the whole that contains
	 * it, and a whole replaces its parts, so that no line is sent twice.
	 *
	 * @returns whether all of it fit
	 */
	add(codes: readonly AttachedCode[]): boolean {
		this.restore();
		const before = [...this.#codeById.values()];
		const added = codes.filter((code) => !before.some((present) => isSameCode(present, code)));
		const kept = before.filter(
			(present) => !added.some((code) => contains(present, code) || contains(code, present)),
		);
		const room = added.slice(0, Math.max(0, maxAttachments - kept.length));
		if (room.length > 0) {
			this.#codeById.clear();
			this.#insert([...kept, ...room]);
			this.#changed();
		}
		return room.length === added.length;
	}

	/** Removes code from the composer. An unknown id does nothing, because two views may remove the same chip. */
	remove(id: AttachmentId): void {
		this.restore();
		if (this.#codeById.delete(id)) {
			this.#changed();
		}
	}

	/** Removes all code from the composer, and returns it. */
	take(): readonly AttachedCode[] {
		this.restore();
		const codes = [...this.#codeById.values()];
		if (codes.length > 0) {
			this.#codeById.clear();
			this.#changed();
		}
		return codes;
	}

	/** Puts taken code back into the composer, before code added since. */
	putBack(codes: readonly AttachedCode[]): void {
		this.restore();
		const since = [...this.#codeById.values()];
		this.#codeById.clear();
		this.#insert([...codes, ...since]);
		this.#changed();
	}

	#insert(codes: readonly AttachedCode[]): void {
		for (const code of codes) {
			this.#codeById.set(code.chip.id, code);
		}
	}

	#changed(): void {
		this.#keeper.set([...this.#codeById.values()]);
		this.#publish();
	}

	#publish(): void {
		const attachments = [...this.#codeById.values()].map(({ chip }) => chip);
		this.#store.publish({ type: "attachmentsChanged", attachments });
	}
}

function isSameCode(a: AttachedCode, b: AttachedCode): boolean {
	return (
		a.chip.scope !== "pasted" &&
		a.uri === b.uri &&
		a.code === b.code &&
		a.range.startLine === b.range.startLine &&
		a.range.startCharacter === b.range.startCharacter
	);
}

/** Returns whether `whole` contains `part`. A file or cell contains each of its parts, even if edited since. */
function contains(whole: AttachedCode, part: AttachedCode): boolean {
	const { range: outer } = whole;
	const { range: inner } = part;
	// Pasted text has no document.
	if (whole.uri !== part.uri || part.chip.scope === "pasted") {
		return false;
	}
	return (
		isWhole(whole) ||
		(isUpTo(outer.startLine, outer.startCharacter, inner.startLine, inner.startCharacter) &&
			isUpTo(inner.endLine, inner.endCharacter, outer.endLine, outer.endCharacter) &&
			whole.code.includes(part.code) &&
			whole.code !== part.code)
	);
}

function isWhole({ chip: { scope } }: AttachedCode): boolean {
	return scope === "file" || scope === "cell";
}

function isUpTo(line: number, character: number, thenLine: number, thenCharacter: number): boolean {
	return line < thenLine || (line === thenLine && character <= thenCharacter);
}
