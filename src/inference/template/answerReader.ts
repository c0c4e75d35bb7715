import type { TextChannel } from "../../protocol/chat/chatEvent";
import { withoutSpace, type AnswerMarks, type ThoughtPair, type TokenMark } from "./answerMarks";
import type { FirstWords } from "./chatTemplate";
import { isInCodeBlock, ThoughtText } from "./thoughtText";

/** A token of an answer. */
export interface AnswerToken {
	/** Its text: whole characters only, and empty for a control token. */
	readonly text: string;
	/** Its own text if it is a special token. */
	readonly special: string | undefined;
}

export interface AnswerPiece {
	readonly channel: TextChannel;
	readonly text: string;
}

/** The most tokens that a template puts between the parts of an answer. */
const mostHeaderTokens = 24;

/**
 * Separates an answer's thoughts from its reply, token by token, and removes the marks between them. If the vocabulary
 * has a token for a mark, only that token is the mark, and the same letters in other tokens are text. Otherwise the
 * letters are the mark: an opening mark only at the beginning of an answer, a closing mark wherever `ThoughtText` finds
 * it.
 */
export class AnswerReader {
	readonly #marks: AnswerMarks;
	#state: "undecided" | "thought" | "reply" = "undecided";
	#pair: ThoughtPair | undefined;
	#thought = new ThoughtText(undefined, "");
	/** The tokens of a mark that is incomplete so far. */
	#header: AnswerToken[] | undefined;
	/** Letters that may become a mark, or white space before a part. */
	#held = "";
	/** The text of a mark after its last special token, to be skipped. */
	#skip = "";
	#reply = "";
	/** Everything before the reply, including marks. */
	#beforeReply = "";
	#hasReplied = false;
	/** Whether a thought began with marks that the template does not have. */
	#hasForeignThought = false;
	/** Whether the mark before the reply was unknown, so that another part may follow. */
	#isPreamble = false;

	/** @param begun the text that the model continues; empty for a new answer */
	constructor(marks: AnswerMarks, writes: FirstWords, begun: string) {
		this.#marks = marks;
		if (writes === "thought") {
			this.#think(marks.own, false, begun);
		} else if (writes !== "either") {
			this.#state = "reply";
			this.#reply = begun;
			this.#hasReplied = begun.trim() !== "";
		} else if (this.#tokenMarks.some(({ hasLead }) => hasLead)) {
			this.#header = [];
		}
	}

	get isThinking(): boolean {
		return this.#state === "thought" && this.#header === undefined;
	}

	/** The text that ends the current thought in the template. */
	get thoughtClose(): string {
		return this.#pair?.close ?? "";
	}

	/** Returns whether a special token is the one that the template puts after an answer. */
	isTurnEnd(special: string): boolean {
		const mayGoOn = this.#tokenMarks.some(
			({ first, last }) => first === special && last !== special,
		);
		const isEnd = !mayGoOn || (this.#state === "reply" && !this.#isPreamble);
		return special === this.#marks.turnEnd && isEnd;
	}

	/** Returns the pieces that a token adds to the answer. */
	push(token: AnswerToken): readonly AnswerPiece[] {
		const { special } = token;
		const isMark = special !== undefined && this.#isMark(special);
		this.#beforeReply += this.#hasReplied ? "" : isMark ? special : token.text;
		const before = special === undefined ? [] : this.#flushLetters();
		if (this.#header || (special !== undefined && this.#begins(special))) {
			return [...before, ...this.#pushHeader(token)];
		}
		return [...before, ...this.#pushText(isMark ? special : token.text)];
	}

	/** Ends the thought on the model's behalf. Returns the text that was held back. */
	endThought(): readonly AnswerPiece[] {
		const { thought } = this.#thought.end();
		this.#begin("reply", "");
		return piece("thought", thought);
	}

	/**
	 * Returns the text that was held back, at the end of the answer. If there was nothing but a thought in marks that the
	 * template does not have, the thought is also the reply, as an ordinary answer may begin with such a tag.
	 */
	end(): readonly AnswerPiece[] {
		const rest = this.#endParts();
		const hasReply = this.#hasReplied || rest.some(({ channel }) => channel === "reply");
		return hasReply || !this.#hasForeignThought
			? rest
			: [...rest, ...piece("reply", this.#beforeReply.trim())];
	}

	/** Returns the text that was held back, after the user stopped the answer. */
	stop(): readonly AnswerPiece[] {
		return this.#endParts();
	}

	#endParts(): readonly AnswerPiece[] {
		if (this.#state === "thought") {
			const { thought, reply = "" } = this.#thought.end();
			return [...piece("thought", thought), ...piece("reply", reply.trim())];
		}
		const [begun] = this.#header ?? [];
		if (this.#header && begun?.special === undefined) {
			return this.#pushHeaderText(this.#header);
		}
		return this.#flushLetters();
	}

	get #tokenMarks(): readonly TokenMark[] {
		const { own, replyStart } = this.#marks;
		return [own?.openMark, own?.closeMark, replyStart].filter((mark) => mark !== undefined);
	}

	#isMark(special: string): boolean {
		const { thoughts } = this.#marks;
		return thoughts.some(({ openMark, closeMark }) =>
			[openMark, closeMark].some((mark) => mark?.head === special),
		);
	}

	/** Returns whether a special token begins a mark at this place. */
	#begins(special: string): boolean {
		const { thoughts, replyStart } = this.#marks;
		if (this.#state === "thought") {
			return [this.#pair?.openMark, this.#pair?.closeMark].some((mark) => mark?.first === special);
		}
		const begun = [
			replyStart,
			...thoughts.flatMap(({ openMark, closeMark }) => [openMark, closeMark]),
		];
		const mark = begun.find((known) => known?.first === special);
		// In a reply, the mark may be the topic.
		const line = this.#reply.slice(this.#reply.lastIndexOf("\n") + 1);
		const isWord = line.trim() !== "" || isInCodeBlock(this.#reply);
		return mark !== undefined && (mark.last !== special || !isWord);
	}

	#pushHeader(token: AnswerToken): readonly AnswerPiece[] {
		const header = [...(this.#header ?? []), token];
		this.#header = header;
		const { thoughts, replyStart } = this.#marks;
		const closes = thoughts.map(({ closeMark }) => closeMark);
		const ends = [replyStart, ...closes, ...thoughts.map(({ openMark }) => openMark)];
		if (ends.some((mark) => mark && mark.last === token.special)) {
			const head = withoutSpace(header.map(({ special, text }) => special ?? text).join(""));
			const opened = thoughts.find(({ openMark }) => openMark && head.endsWith(openMark.head));
			const replied = [replyStart, ...closes].find((mark) => mark && head.endsWith(mark.head));
			const rest = this.#state === "thought" ? this.#thought.end().thought : "";
			if (opened) {
				this.#think(opened, false, "");
				this.#skip = opened.openMark?.tail ?? "";
			} else {
				this.#begin("reply", replied?.tail ?? "");
				this.#isPreamble = replied === undefined;
			}
			return piece("thought", rest);
		}
		return header.length < mostHeaderTokens ? [] : this.#pushHeaderText(header);
	}

	/** Emits tokens as text that turned out not to be a mark. */
	#pushHeaderText(header: readonly AnswerToken[]): readonly AnswerPiece[] {
		this.#header = undefined;
		return this.#pushText(header.map(({ text }) => text).join(""));
	}

	/** Emits letters as text that turned out not to be a mark. */
	#flushLetters(): readonly AnswerPiece[] {
		const held = this.#held;
		if (this.#state !== "undecided" || held.trim() === "") {
			return [];
		}
		this.#begin("reply", "");
		return this.#pushReply(held);
	}

	#pushText(text: string): readonly AnswerPiece[] {
		if (text === "") {
			return [];
		}
		if (this.#skip !== "") {
			return this.#pushSkipped(text);
		}
		switch (this.#state) {
			case "undecided":
				return this.#pushFirst(text);
			case "thought": {
				const { thought, reply } = this.#thought.push(text);
				if (reply === undefined) {
					return piece("thought", thought);
				}
				this.#begin("reply", "");
				return [...piece("thought", thought), ...this.#pushText(reply)];
			}
			case "reply":
				return this.#pushReply(text);
		}
	}

	/** Checks whether the answer begins with a thought marked by letters. */
	#pushFirst(text: string): readonly AnswerPiece[] {
		this.#held += text;
		const begun = this.#held.trimStart();
		const letters = this.#marks.thoughts.map((pair) => ({ pair, open: pair.open.trim() }));
		const opened = letters.find(({ open }) => begun.startsWith(open));
		if (opened) {
			this.#think(opened.pair, true, "");
			return this.#pushText(begun.slice(opened.open.length));
		}
		if (letters.some(({ open }) => open.startsWith(begun))) {
			return [];
		}
		const held = this.#held;
		this.#begin("reply", "");
		return this.#pushText(held);
	}

	/** Omits blank lines before a reply, and the space that many vocabularies put before its first word. */
	#pushReply(text: string): readonly AnswerPiece[] {
		if (this.#reply !== "") {
			this.#reply += text;
			return piece("reply", text);
		}
		this.#held += text;
		if (this.#held.trim() === "") {
			return [];
		}
		const [leading = ""] = /^\s*/.exec(this.#held) ?? [];
		const indent = leading.slice(leading.lastIndexOf("\n") + 1);
		this.#reply = (indent === " " ? "" : indent) + this.#held.slice(leading.length);
		this.#hasReplied = true;
		this.#held = "";
		return piece("reply", this.#reply);
	}

	#pushSkipped(text: string): readonly AnswerPiece[] {
		this.#held += text;
		const begun = this.#held.trimStart();
		if (begun.length < this.#skip.length && this.#skip.startsWith(begun)) {
			return [];
		}
		const rest = begun.startsWith(this.#skip) ? begun.slice(this.#skip.length) : begun;
		this.#skip = "";
		this.#held = "";
		return this.#pushText(rest);
	}

	#think(pair: ThoughtPair | undefined, inLetters: boolean, begun: string): void {
		this.#begin("thought", "");
		this.#pair = pair;
		this.#hasForeignThought ||= pair !== this.#marks.own;
		const endsInLetters = pair !== undefined && (inLetters || !pair.closeMark);
		this.#thought = new ThoughtText(endsInLetters ? pair.close.trim() : undefined, begun);
	}

	#begin(state: "thought" | "reply", skip: string): void {
		this.#state = state;
		this.#header = undefined;
		this.#held = "";
		this.#skip = skip;
		this.#reply = "";
		this.#isPreamble = false;
	}
}

function piece(channel: TextChannel, text: string): readonly AnswerPiece[] {
	return text === "" ? [] : [{ channel, text }];
}
