import { Template } from "@huggingface/jinja";

/** A chat template that was parsed. */
export interface JinjaTemplate {
	/** @throws {Error} what the template raises, or a part of the language that is not known. */
	render(variables: Readonly<Record<string, unknown>>): string;
}

/** @throws {Error} if it is no Jinja. */
export function parseJinja(source: string): JinjaTemplate {
	return new Template(source);
}
