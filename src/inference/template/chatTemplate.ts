import type { AnswerBeginning, PromptMessages, Message } from "../../protocol/inference/inference";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";
import { answerBeginning } from "../answerBeginning";
import { answerForm, withoutOpenThought, type AnswerForm } from "./answerForm";
import { probe, TemplateRenderer } from "./templateRenderer";
import { templateMarks } from "./templateMarks";
import { ThinkingModes, type ThinkingMode } from "./thinkingModes";
import type { Vocabulary } from "./vocabulary";
import { MarkSet, WordGuard } from "./wordGuard";

/** What the model writes first after a prompt; "either" if it decides whether to think. */
export type FirstWords = "thought" | "reply" | "either" | "restOfReply";

/** A prompt as text, with breaks in user text that looks like a mark (see `WordGuard`). */
export interface PromptText {
	/** The template's output, up to where the model begins or continues. */
	readonly text: string;
	/** The beginning of the reply or thought that the model continues; empty for a new answer. */
	readonly begun: string;
	readonly breakMark: string;
	readonly writes: FirstWords;
}

/** A model's chat template, parsed once: renders conversations, and tells thoughts from replies. */
export class ChatTemplate {
	readonly source: string;
	readonly form: AnswerForm;
	/** The text of the special token after an answer; `undefined` if there is none. */
	readonly turnEnd: string | undefined;
	readonly #renderer: TemplateRenderer;
	readonly #modes: ThinkingModes;
	readonly #marks: MarkSet;

	/** @throws {Error} if the template is unusable; the message says why */
	constructor(source: string, vocabulary: Vocabulary) {
		this.source = source;
		this.#renderer = TemplateRenderer.of(source, vocabulary);
		this.form = answerForm(this.#renderer, source);
		this.turnEnd = turnEnd(this.#renderer, vocabulary);
		this.#modes = new ThinkingModes(this.#renderer, source, this.form);
		this.#marks = new MarkSet(templateMarks(source, vocabulary, this.form));
	}

	get ability(): ThinkingAbility {
		return this.#modes.ability;
	}

	/** @throws {Error} if the template rejects the conversation; the message says why */
	prompt(messages: PromptMessages, thinking: Thinking = "auto"): PromptText {
		const guard = new WordGuard(
			this.#marks,
			messages.flatMap(({ text, thought = "" }) => [text, thought]),
		);
		const guarded = messages.map((message) => guardMessage(message, guard));
		const isBegun = guarded.at(-1)?.role === "assistant";
		const mode = this.#modes.mode(thinking);
		const asked = isBegun ? guarded.slice(0, -1) : guarded;
		const prompt = this.#renderer.render(asked, mode.variables, "toAnswer");
		const beginning = answerBeginning(guarded);
		const end = beginning ? this.#goOn(prompt, beginning, mode) : this.#begin(prompt, mode);
		return { ...end, breakMark: guard.breakMark };
	}

	#begin(prompt: string, mode: ThinkingMode): Omit<PromptText, "breakMark"> {
		const writes = { open: "thought", closed: "reply", free: "either" } as const;
		return mode.needsReplyStart
			? { text: this.#withReplyStart(prompt), begun: "", writes: "reply" }
			: { text: prompt, begun: "", writes: writes[mode.state] };
	}

	/** Appends the beginning of an answer to a prompt, as the template formats answers. */
	#goOn(
		prompt: string,
		{ text, thought = "" }: AnswerBeginning,
		mode: ThinkingMode,
	): Omit<PromptText, "breakMark"> {
		const form = this.form.thought;
		if (thought !== "" && form && mode.state !== "closed") {
			const open = mode.state === "open" ? prompt : prompt + form.open;
			if (text !== "") {
				return { text: open + thought + form.close, begun: text, writes: "restOfReply" };
			}
			if (!mode.needsReplyStart) {
				return { text: open, begun: thought, writes: "thought" };
			}
		}
		if (text === "") {
			return this.#begin(prompt, mode);
		}
		return { text: this.#beforeReply(prompt, mode), begun: text, writes: "restOfReply" };
	}

	#beforeReply(prompt: string, mode: ThinkingMode): string {
		if (mode.state === "open" || mode.needsReplyStart) {
			return this.#withReplyStart(prompt);
		}
		return mode.state === "closed" ? prompt : prompt + (this.form.replyStart ?? "");
	}

	/** Returns a prompt with the template's text before a reply without a thought, or with an empty thought. */
	#withReplyStart(prompt: string): string {
		const { thought, replyStart = "" } = this.form;
		const emptyThought = thought ? thought.open + thought.close : "";
		const start = replyStart.trim() === "" && thought ? emptyThought : replyStart;
		return withoutOpenThought(prompt, thought) + start;
	}
}

function guardMessage(message: Message, guard: WordGuard): Message {
	const { text, thought } = message;
	return {
		...message,
		text: guard.guard(text),
		...(thought === undefined ? {} : { thought: guard.guard(thought) }),
	};
}

/** Returns the special token between an answer and the next question that is nearest to the answer. */
function turnEnd(renderer: TemplateRenderer, { specials }: Vocabulary): string | undefined {
	const conversation: readonly Message[] = [
		{ role: "user", text: probe.user },
		{ role: "assistant", text: probe.reply },
		{ role: "user", text: probe.next },
	];
	const text = renderer.tryRender(conversation, {}, "asItIs") ?? "";
	const from = text.indexOf(probe.reply) + probe.reply.length;
	const between = text.slice(from, text.indexOf(probe.next, from)).trimStart();
	return specials.find((special) => between.startsWith(special.text))?.text;
}
