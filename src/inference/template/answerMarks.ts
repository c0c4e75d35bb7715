import type { ThoughtForm } from "./answerForm";
import type { ChatTemplate } from "./chatTemplate";
import { knownThoughtMarks } from "./thoughtMarks";
import type { Vocabulary } from "./vocabulary";

/** A mark with special tokens in it. */
export interface TokenMark {
	/** Up to its last special token, without white space. */
	readonly head: string;
	/** The special tokens that it begins and ends with. */
	readonly first: string;
	readonly last: string;
	/** Words stand before its first special token. */
	readonly hasLead: boolean;
	/** The words behind its last special token. */
	readonly tail: string;
}

/** What stands around thoughts. */
export interface ThoughtPair {
	/** As letters, and as tokens where the vocabulary has such. */
	readonly open: string;
	readonly openMark: TokenMark | undefined;
	readonly close: string;
	readonly closeMark: TokenMark | undefined;
}

/** By what the parts of an answer are told apart. */
export interface AnswerMarks {
	/** What the template has; those of other models may begin an answer all the same. */
	readonly own: ThoughtPair | undefined;
	readonly thoughts: readonly ThoughtPair[];
	/** What stands before a reply without a thought, where that is a mark. */
	readonly replyStart: TokenMark | undefined;
	/** The special token behind an answer. */
	readonly turnEnd: string | undefined;
}

/** Tags that are a thought's in some models, and ordinary XML in answers of all others. */
const ordinaryTag = /^<(?:thinking|thought|reasoning)>$/;

export function answerMarks(
	{ form, turnEnd, source }: Pick<ChatTemplate, "form" | "turnEnd" | "source">,
	{ specials }: Vocabulary,
): AnswerMarks {
	const { thought, replyStart = "" } = form;
	const texts = specials.map(({ text }) => text);
	const pair = ({ open, close }: ThoughtForm): ThoughtPair => ({
		open,
		openMark: tokenMark(open, texts),
		close,
		closeMark: tokenMark(close, texts),
	});
	const own = thought && pair(thought);
	// Words that begin a thought of one model may begin the reply of any other.
	const others = knownThoughtMarks
		.filter(({ open }) => /^[<[◁]/.test(open))
		.filter(({ open }) => !ordinaryTag.test(open) || source.includes(open) || texts.includes(open))
		.map(({ open, close }) => pair({ open, close: `\n${close}\n\n` }));
	// What a template puts there of an empty thought is no mark of a reply.
	const isOfThought = thought !== undefined && replyStart.includes(thought.close.trim());
	return {
		own,
		thoughts: [...(own ? [own] : []), ...others],
		replyStart: isOfThought ? undefined : tokenMark(replyStart, texts),
		turnEnd,
	};
}

export function withoutSpace(text: string): string {
	return text.replace(/\s+/g, "");
}

/** @param texts of the special tokens, longest first */
function tokenMark(mark: string, texts: readonly string[]): TokenMark | undefined {
	const found: { readonly text: string; readonly at: number }[] = [];
	for (let at = 0; at < mark.length;) {
		const text = texts.find((special) => special.trim() !== "" && mark.startsWith(special, at));
		if (text !== undefined) {
			found.push({ text, at });
		}
		at += text?.length ?? 1;
	}
	const [first] = found;
	const last = found.at(-1);
	return (
		first &&
		last && {
			head: withoutSpace(mark.slice(0, last.at + last.text.length)),
			first: first.text,
			last: last.text,
			hasLead: mark.slice(0, first.at).trim() !== "",
			tail: mark.slice(last.at + last.text.length).trim(),
		}
	);
}
