import type { Message } from "../../protocol/inference/inference";
import { commonPrefixText, firstMark } from "./markText";
import { probe, type TemplateRenderer } from "./templateRenderer";
import { knownThoughtMarks } from "./thoughtMarks";

/** How a template has an answer look, from where the model begins it. */
export interface AnswerForm {
	/** `undefined` where the template knows of no thoughts. */
	readonly thought: ThoughtForm | undefined;
	/** What stands before a reply without a thought; `undefined` where that cannot be seen. */
	readonly replyStart: string | undefined;
}

/** What stands around a thought, with the white space that belongs to it. Neither is blank. */
export interface ThoughtForm {
	readonly open: string;
	readonly close: string;
}

/** Where a prompt ends: in a thought, behind one, or where the model decides on it. */
export type PromptState = "open" | "closed" | "free";

const question: Message = { role: "user", text: probe.user };
const reply: Message = { role: "assistant", text: probe.reply };

/** @param source of the template */
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

/** @returns a prompt without the mark of a thought at its end. */
export function withoutOpenThought(prompt: string, thought: ThoughtForm | undefined): string {
	const mark = thought?.open.trim();
	return mark !== undefined && prompt.trimEnd().endsWith(mark)
		? prompt.slice(0, prompt.lastIndexOf(mark))
		: prompt;
}

/** @param prompt of the probe's question */
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

/** A mark at the end, with the mark before it if a word stands between them: "<|open|>think<|sep|>". */
const lastMark = /(?:<[^<>]*>\w+)?(?:<[^<>]*>|\[[^[\]]*\]|◁[^◁▷]*▷)\s*$/;

/** Reads the marks from how the template puts an answer with a thought. */
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

/** Takes the marks of models that are known from a template's text, with line breaks as they stand there. */
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
