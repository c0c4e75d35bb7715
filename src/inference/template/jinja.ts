import { createContext, Script } from "node:vm";
import { Template } from "@huggingface/jinja";

/** A parsed chat template. */
export interface JinjaTemplate {
	/**
	 * Renders the template.
	 *
	 * @throws {SlowTemplateError} if it takes too long
	 * @throws {Error} if the template raises an error, or uses an unsupported part of the language
	 */
	render(variables: Readonly<Record<string, unknown>>): string;
}

/** Thrown when rendering takes too long. A template comes from the model's file, and may contain endless loops. */
export class SlowTemplateError extends Error {
	constructor() {
		super("It takes too long.");
	}
}

/** A long conversation takes only a fraction of this time. */
const mostRenderMs = 2_000;

/** @throws {Error} if the source is not valid Jinja */
export function parseJinja(source: string): JinjaTemplate {
	const template = new Template(source);
	return { render: (variables) => inTime(() => template.render(variables)) };
}

const nothing = (): void => undefined;
const surroundings = { run: nothing };
const context = createContext(surroundings);
const running = new Script("run()");

/** Runs `make` with a time limit. Only code in a VM context can be stopped while it loops (Node 20). */
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
