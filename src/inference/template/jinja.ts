import { createContext, Script } from "node:vm";
import { Template } from "@huggingface/jinja";

/** A chat template that was parsed. */
export interface JinjaTemplate {
	/**
	 * @throws {SlowTemplateError} if it takes too long.
	 * @throws {Error} what the template raises, or a part of the language that is not known.
	 */
	render(variables: Readonly<Record<string, unknown>>): string;
}

/** A template comes from the model's file, and may have loops without an end. */
export class SlowTemplateError extends Error {
	constructor() {
		super("It takes too long.");
	}
}

/** A long conversation takes a fraction of it. */
const mostRenderMs = 2_000;

/** @throws {Error} if it is no Jinja. */
export function parseJinja(source: string): JinjaTemplate {
	const template = new Template(source);
	return { render: (variables) => inTime(() => template.render(variables)) };
}

const nothing = (): void => undefined;
const surroundings = { run: nothing };
const context = createContext(surroundings);
const running = new Script("run()");

/** Only what runs in a context of its own can be ended while it loops (Node 20). */
function inTime(make: () => string): string {
	let made = "";
	surroundings.run = () => {
		made = make();
	};
	try {
		running.runInContext(context, { timeout: mostRenderMs });
		return made;
	} catch (error) {
		throw isTimeout(error) ? new SlowTemplateError() : error;
	} finally {
		surroundings.run = nothing;
	}
}

function isTimeout(error: unknown): boolean {
	return (
		typeof error === "object" &&
		error !== null &&
		"code" in error &&
		error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
	);
}
