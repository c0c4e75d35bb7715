import type { AttachmentId } from "../../protocol/chat/ids";
import type { AttachedCode } from "../conversation/attachedCode";
import type { ChatStore } from "./chatStore";

/** UTF-16 units of one piece of code: far over any context, small enough to be held in memory. */
export const maxAttachmentLength = 4_000_000;
/** Pieces of code that one message may carry. */
export const maxAttachments = 32;

/** Keeps the code that lies in a window's composer, over the end of the window. */
export interface AttachmentsKeeper {
	get(): readonly AttachedCode[];
	set(codes: readonly AttachedCode[]): void;
}

/** The code that lies in the composer, behind its chips. What was kept of it is read with the first use. */
export class ChatAttachments {
	readonly #store: ChatStore;
	readonly #keeper: AttachmentsKeeper;
	readonly #codeById = new Map<AttachmentId, AttachedCode>();
	#isRestored = false;

	constructor(store: ChatStore, keeper: AttachmentsKeeper) {
		this.#store = store;
		this.#keeper = keeper;
	}

	/** Lays the code into the composer that lay there at the end of the window before. The second call does nothing. */
	restore(): void {
		if (!this.#isRestored) {
			this.#isRestored = true;
			this.#lay(this.#keeper.get());
			if (this.#codeById.size > 0) {
				this.#publish();
			}
		}
	}

	/** All code that lies in the composer. */
	get codes(): readonly AttachedCode[] {
		return [...this.#codeById.values()];
	}

	get(id: AttachmentId): AttachedCode | undefined {
		this.restore();
		return this.#codeById.get(id);
	}

	/**
	 * Puts code into the composer; what lies there already is not added twice. A part of code that lies there takes the
	 * place of the whole, and the whole that of its parts: no line goes along twice.
	 *
	 * @returns whether all of it found room.
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
			this.#lay([...kept, ...room]);
			this.#changed();
		}
		return room.length === added.length;
	}

	/** Takes code out of the composer. An unknown id does nothing: two views may remove the same chip. */
	remove(id: AttachmentId): void {
		this.restore();
		if (this.#codeById.delete(id)) {
			this.#changed();
		}
	}

	/** @returns all code of the composer, which is empty then. */
	take(): readonly AttachedCode[] {
		this.restore();
		const codes = [...this.#codeById.values()];
		if (codes.length > 0) {
			this.#codeById.clear();
			this.#changed();
		}
		return codes;
	}

	/** Lays code that was taken before what lies there by now. */
	putBack(codes: readonly AttachedCode[]): void {
		this.restore();
		const since = [...this.#codeById.values()];
		this.#codeById.clear();
		this.#lay([...codes, ...since]);
		this.#changed();
	}

	#lay(codes: readonly AttachedCode[]): void {
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

/** A whole file or cell holds each of its parts, edited since or not. */
function contains(whole: AttachedCode, part: AttachedCode): boolean {
	const { range: outer } = whole;
	const { range: inner } = part;
	// Pasted texts are of no document.
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
