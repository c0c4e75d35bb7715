/**
 * `localLlm.thinking`: how much a model thinks before its reply. "auto" leaves it to the template; a number is the
 * maximum number of tokens, at least 1. A model that cannot think ignores it.
 */
export type Thinking = "auto" | "off" | "on" | number;

/** The control over thinking that a loaded model's template and vocabulary allow. */
export type ThinkingAbility =
	/** The template shows no thoughts separate from the reply. */
	| { readonly kind: "none" }
	| {
			readonly kind: "thinks";
			/** Whether the model thinks under "auto". */
			readonly byDefault: boolean;
			/** Whether "off" has an effect. */
			readonly canTurnOff: boolean;
			/** Whether a thought can be ended early, so that a budget and “Answer Now” have an effect. */
			readonly canEnd: boolean;
	  };

/** Why a model's own chat template is not used. */
export type TemplateProblem =
	/** The file contains no template. */
	| { readonly kind: "missing" }
	/** It is not valid Jinja, or rejects even a single question; `reason` is one line. */
	| { readonly kind: "unusable"; readonly reason: string };

/** A chat template used in place of the model's own, and why. */
export interface TemplateStandIn {
	readonly problem: TemplateProblem;
	/** The format in use, such as "ChatML". */
	readonly format: string;
}
