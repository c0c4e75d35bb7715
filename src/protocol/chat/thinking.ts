/**
 * `localLlm.thinking`: how much a model thinks before its reply. "auto": as its template has it; a number: at most as
 * many tokens, 1 or more. A model that cannot think ignores it.
 */
export type Thinking = "auto" | "off" | "on" | number;

/** What a loaded model's template and vocabulary allow. */
export type ThinkingAbility =
	/** It has no thoughts apart from its reply, as far as its template tells. */
	| { readonly kind: "none" }
	| {
			readonly kind: "thinks";
			/** Whether it thinks under "auto". */
			readonly byDefault: boolean;
			/** Whether "off" has an effect. */
			readonly canTurnOff: boolean;
			/** Whether a thought can be ended, so that a budget and "Answer Now" have an effect. */
			readonly canEnd: boolean;
	  };

/** Why a model's own chat template is not used. */
export type TemplateProblem =
	/** Its file has none. */
	| { readonly kind: "missing" }
	/** It is no Jinja, or refuses even a single question; `reason` is one line. */
	| { readonly kind: "unusable"; readonly reason: string };

/** A chat template that stands in for a model's own, with its problem. */
export interface TemplateStandIn {
	readonly problem: TemplateProblem;
	/** The format that is used, such as "ChatML". */
	readonly format: string;
}
