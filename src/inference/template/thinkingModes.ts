import type { Message } from "../../protocol/inference/inference";
import type { Thinking, ThinkingAbility } from "../../protocol/chat/thinking";
import { promptState, type AnswerForm, type PromptState } from "./answerForm";
import { probe, type TemplateRenderer } from "./templateRenderer";
import { budgetVariables, namedSwitches, type TemplateVariables } from "./thinkingSwitch";

/** How a prompt is rendered for one way of thinking. */
export interface ThinkingMode {
	readonly variables: TemplateVariables;
	/** The state in which the template leaves a prompt. */
	readonly state: PromptState;
	/** Whether thinking is off although the template cannot turn it off. */
	readonly needsReplyStart: boolean;
}

interface Tried {
	readonly variables: TemplateVariables;
	readonly prompt: string;
	readonly state: PromptState;
}

const question: Message = { role: "user", text: probe.user };

/** A template's ways of thinking, found by trying the variables that it names. */
export class ThinkingModes {
	readonly ability: ThinkingAbility;
	readonly #source: string;
	readonly #modes: Readonly<Record<"auto" | "on" | "off", ThinkingMode>>;

	/** @param source the template */
	constructor(renderer: TemplateRenderer, source: string, { thought }: AnswerForm) {
		this.#source = source;
		const tryOut = (variables: TemplateVariables): readonly Tried[] => {
			const prompt = renderer.tryRender([question], variables, "toAnswer");
			return prompt === undefined
				? []
				: [{ variables, prompt, state: promptState(prompt, thought) }];
		};
		const [auto = { variables: {}, prompt: "", state: "free" }] = tryOut({});
		const changesOf = (to: "on" | "off"): readonly Tried[] =>
			namedSwitches(source, to)
				.flatMap(tryOut)
				.filter(({ prompt }) => prompt !== auto.prompt);
		const on = changesOf("on").find(
			({ state, variables }) =>
				state !== "closed" && (auto.state === "closed" || !isEffort(variables)),
		);
		const off = [auto, ...changesOf("off")].find(
			(tried) =>
				tried.state === "closed" ||
				(tried !== auto && tried.state === "free" && !isEffort(tried.variables)),
		);
		const isOffByDefault = auto.state === "closed" || (on !== undefined && off === undefined);
		const opens = auto.state === "free" && on?.state === "open";
		const chosenOff = off ?? auto;
		this.#modes = {
			auto: { ...auto, needsReplyStart: false },
			on: { ...((isOffByDefault || opens ? on : undefined) ?? auto), needsReplyStart: false },
			off: {
				...chosenOff,
				needsReplyStart: thought !== undefined && off === undefined && !isOffByDefault,
			},
		};
		this.ability = thought
			? { kind: "thinks", byDefault: !isOffByDefault, canTurnOff: true, canEnd: true }
			: { kind: "none" };
	}

	mode(thinking: Thinking): ThinkingMode {
		const mode = this.#modes[typeof thinking === "number" ? "on" : thinking];
		const variables = { ...mode.variables, ...budgetVariables(this.#source, thinking) };
		return { ...mode, variables };
	}
}

/** Returns whether the variables set a level of effort. A level is not a switch: models think even at the lowest. */
function isEffort(variables: TemplateVariables): boolean {
	return "reasoning_effort" in variables;
}
