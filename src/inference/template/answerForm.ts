import type { Message } from "../../protocol/inference/inference";
import { commonPrefixText, firstMark } from "./markText";
import { probe, type TemplateRenderer } from "./templateRenderer";
import { knownThoughtMarks } from "./thoughtMarks";

/** The form of an answer in a template, from where the model begins to write. */
export interface AnswerForm {
	/** `undefined` if the template does not support thoughts. */
	readonly thought: ThoughtForm | undefined;
	/** The text before a reply without a thought; `undefined` if unknown. */
	readonly replyStart: string | undefined;
}

/** The marks around a thought, including their white space. Neither is blank. */
export interface ThoughtForm {
	readonly open: string;
	readonly close: string;
}

/** How a prompt ends: inside a thought, after one, or where the model decides whether to think. */
export type PromptState = "open" | "closed" | "free";

const question: Message = { role: "user", text: probe.user };
const reply: Message = { role: "assistant", text: probe.reply };

/** @param source the template */
export function answerForm(renderer: TemplateRenderer, source: string): AnswerForm {
	const prompt = renderer.tryRender([question], {}, "toAnswer") ?? "";
	const answered = textBefore(renderer.tryRender([question, reply], {}, "asItIs"), probe.reply);
	const thought = shownThought(renderer, prompt, answered ?? "") ?? namedThought(source, prompt);
	const start = withoutOpenThought(prompt, thought);
	const replyStart =
		answered?.startsWith(start) === true ? answered.slice(start.length) : undefined;
	const isReply = replyStart !== undefined && endState(replyStart, thought) !== "open";
	return { thought, replyStart: isReply ? replyStart : undefined };
}

/** Returns a prompt without an opening thought mark at its end. */
export function withoutOpenThought(prompt: string, thought: ThoughtForm | undefined): string {
	const mark = thought?.open.trim();
	return mark !== undefined && prompt.trimEnd().endsWith(mark)
		? prompt.slice(0, prompt.lastIndexOf(mark))
		: prompt;
}

/** @param prompt the prompt for the probe's question */
export function promptState(prompt: string, thought: ThoughtForm | undefined): PromptState {
	return endState(prompt.slice(prompt.lastIndexOf(probe.user) + probe.user.length), thought);
}

function endState(end: string, thought: ThoughtForm | undefined): PromptState {
	if (!thought) {
		return "free";
	}
	const open = thought.open.trim();
	const openedAt = end.lastIndexOf(open);
	if (openedAt < 0) {
		return end.includes(thought.close.trim()) ? "closed" : "free";
	}
	return end.includes(firstMark(thought.close), openedAt + open.length) ? "closed" : "open";
}

/** The last mark, including the mark before it if a word separates them: "<|open|>think<|sep|>". */
const lastMark = /(?:<[^<>]*>\w+)?(?:<[^<>]*>|\[[^[\]]*\]|◁[^◁▷]*▷)\s*$/;

/** Derives the marks from an answer with a thought that the template renders. */
function shownThought(
	renderer: TemplateRenderer,
	prompt: string,
	answered: string,
): ThoughtForm | undefined {
	const thinking = { ...reply, thought: probe.thought };
	const text = renderer.tryRender([question, thinking], {}, "asItIs");
	const before = textBefore(text, probe.thought);
	if (!renderer.showsThoughts || text === undefined || before === undefined) {
		return undefined;
	}
	const behind = text.slice(before.length + probe.thought.length);
	const close = textBefore(behind, probe.reply) ?? "";
	const open = [
		...[before, prompt].map((end) => {
			const known = knownThoughtMarks.find((marks) => end.trimEnd().endsWith(marks.open));
			return known ? end.slice(end.lastIndexOf(known.open)) : "";
		}),
		...[prompt, answered].map((other) => before.slice(commonPrefixText(before, other).length)),
		lastMark.exec(before)?.[0] ?? "",
	].find((mark) => mark.trim() !== "");
	return open === undefined || close.trim() === "" ? undefined : { open, close };
}

/** Finds the marks of known models in a template's text, including their line breaks. */
function namedThought(source: string, prompt: string): ThoughtForm | undefined {
	const marks = knownThoughtMarks.find(
		({ open, close }) => source.includes(close) || prompt.trimEnd().endsWith(open),
	);
	if (!marks) {
		return undefined;
	}
	const { open, close } = marks;
	const isOnLines = [`${open}\\n`, `${open}\n`, `\\n${close}`, `\n${close}`].some((text) =>
		source.includes(text),
	);
	return isOnLines ? { open: `${open}\n`, close: `\n${close}\n\n` } : { open, close };
}

function textBefore(text: string | undefined, part: string): string | undefined {
	const at = text?.indexOf(part) ?? -1;
	return text !== undefined && at >= 0 ? text.slice(0, at) : undefined;
}
