import type { Message } from "../../protocol/inference/inference";
import { parseJinja, SlowTemplateError, type JinjaTemplate } from "./jinja";
import { jinjaMessages, type MessageForm, type ThoughtField } from "./jinjaMessages";
import type { TemplateVariables } from "./thinkingSwitch";
import type { Vocabulary } from "./vocabulary";

/** Words that no template contains, used to find where a template puts each part. */
export const probe = { system: "Sq0z", user: "Uq1z", reply: "Cq2z", thought: "Rq3z", next: "Vq4z" };

const question: Message = { role: "user", text: probe.user };
const answer: Message = { role: "assistant", text: probe.reply };

/** Empty variables that templates with tools and documents expect. */
const emptyVariables: readonly TemplateVariables[] = [
	{},
	{ tools: null, documents: null },
	{ tools: [], functions: [], documents: [] },
];

const contents = ["text", "parts"] as const;
const systems = ["role", "folded"] as const;
const thoughtFields: readonly ThoughtField[] = [
	"reasoning_content",
	"reasoning",
	"thinking",
	"part",
];

/** Renders conversations with a model's chat template, in the form that the template accepts. */
export class TemplateRenderer {
	readonly #template: JinjaTemplate;
	readonly #variables: TemplateVariables;
	readonly #form: MessageForm;

	private constructor(template: JinjaTemplate, variables: TemplateVariables, form: MessageForm) {
		this.#template = template;
		this.#variables = variables;
		this.#form = form;
	}

	/**
	 * Finds the form in which a template shows a whole conversation, preferring the common form.
	 *
	 * @throws {Error} if the source is not valid Jinja, or shows no conversation completely
	 */
	static of(source: string, { bosText, eosText }: Vocabulary): TemplateRenderer {
		const template = parseJinja(source);
		const conversation: readonly Message[] = [
			{ role: "system", text: probe.system },
			question,
			answer,
			{ role: "user", text: probe.next },
		];
		const turns = [probe.user, probe.reply, probe.next];
		let problem: unknown;
		for (const empty of emptyVariables) {
			const variables = { bos_token: bosText, eos_token: eosText, ...empty };
			for (const content of contents) {
				for (const system of systems) {
					const form = { system, content, thought: undefined };
					const renderer = new TemplateRenderer(template, variables, form);
					try {
						const text = renderer.render(conversation, {}, "toAnswer");
						// Some templates put the system prompt before the last question.
						if (text.includes(probe.system) && isInOrder(text, turns)) {
							return renderer.#withThoughts();
						}
						problem ??= new Error("It leaves messages out.");
					} catch (error) {
						throwIfSlow(error);
						problem ??= error;
					}
				}
			}
		}
		throw problem;
	}

	/** Whether the template shows the thought before an answer. */
	get showsThoughts(): boolean {
		return this.#form.thought !== undefined;
	}

	/**
	 * @param purpose "toAnswer": end the prompt where the model begins its answer
	 * @throws {Error} if the template raises one
	 */
	render(
		messages: readonly Message[],
		variables: TemplateVariables,
		purpose: "toAnswer" | "asItIs",
	): string {
		return this.#template.render({
			...this.#variables,
			...variables,
			messages: jinjaMessages(messages, this.#form),
			add_generation_prompt: purpose === "toAnswer",
		});
	}

	/**
	 * Renders as `render` does, but returns `undefined` if the template raises an error.
	 *
	 * @throws {SlowTemplateError} if it takes too long
	 */
	tryRender(...args: Parameters<TemplateRenderer["render"]>): string | undefined {
		try {
			return this.render(...args);
		} catch (error) {
			throwIfSlow(error);
			return undefined;
		}
	}

	#withThoughts(): TemplateRenderer {
		const conversation: readonly Message[] = [question, { ...answer, thought: probe.thought }];
		for (const thought of thoughtFields) {
			const form = { ...this.#form, thought };
			const renderer = new TemplateRenderer(this.#template, this.#variables, form);
			const text = renderer.tryRender(conversation, {}, "asItIs");
			if (text !== undefined && isInOrder(text, [probe.user, probe.thought, probe.reply])) {
				return renderer;
			}
		}
		return this;
	}
}

/** If a template takes too long once, other forms are not tried: each would take as long. */
function throwIfSlow(error: unknown): void {
	if (error instanceof SlowTemplateError) {
		throw error;
	}
}

/** Returns whether a template shows the parts unchanged and in order. */
function isInOrder(text: string, parts: readonly string[]): boolean {
	// A template that does not support content parts renders them as JSON.
	if (text.includes('"type"')) {
		return false;
	}
	let at = 0;
	for (const part of parts) {
		at = text.indexOf(part, at);
		if (at < 0) {
			return false;
		}
		at += part.length;
	}
	return true;
}
