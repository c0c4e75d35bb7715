import type { ThoughtForm } from "./answerForm";
import type { ChatTemplate } from "./chatTemplate";
import { knownThoughtMarks } from "./thoughtMarks";
import type { Vocabulary } from "./vocabulary";

/** A mark that contains special tokens. */
export interface TokenMark {
	/** The mark up to its last special token, without white space. */
	readonly head: string;
	/** The first special token; `last` is the last one. */
	readonly first: string;
	readonly last: string;
	/** Whether there is text before its first special token. */
	readonly hasLead: boolean;
	/** The text after its last special token. */
	readonly tail: string;
}

/** The marks around thoughts. */
export interface ThoughtPair {
	/** As text, and as tokens if the vocabulary has them. */
	readonly open: string;
	readonly openMark: TokenMark | undefined;
	readonly close: string;
	readonly closeMark: TokenMark | undefined;
}

/** The marks that separate the parts of an answer. */
export interface AnswerMarks {
	/** The template's own marks. An answer may still begin with those of other models. */
	readonly own: ThoughtPair | undefined;
	readonly thoughts: readonly ThoughtPair[];
	/** The mark before a reply without a thought, if there is one. */
	readonly replyStart: TokenMark | undefined;
	/** The special token after an answer. */
	readonly turnEnd: string | undefined;
}

/** Tags that mark thoughts in some models, and are ordinary XML in the answers of all others. */
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
	// Text that begins a thought in one model may begin an ordinary reply in another.
	const others = knownThoughtMarks
		.filter(({ open }) => /^[<[◁]/.test(open))
		.filter(({ open }) => !ordinaryTag.test(open) || source.includes(open) || texts.includes(open))
		.map(({ open, close }) => pair({ open, close: `\n${close}\n\n` }));
	// The marks of an empty thought do not mark a reply.
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

/** @param texts the texts of special tokens, longest first */
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
