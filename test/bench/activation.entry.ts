import { writeFileSync } from "node:fs";
import { extensions } from "vscode";

/**
 * Measures, inside the extension host, how long the extension takes from nothing to active: its bundle is read,
 * run, and everything is put together. Writes one line of JSON to the file that `FIGURES_FILE` names.
 */
export async function run(): Promise<void> {
	const extension = extensions.getExtension("local-llm.local-llm-chatbot");
	if (!extension || extension.isActive) {
		throw new Error("The extension is missing, or active too early to be measured.");
	}
	const startedAt = performance.now();
	await extension.activate();
	const activationMs = performance.now() - startedAt;
	const file = process.env.FIGURES_FILE;
	if (file === undefined) {
		throw new Error("FIGURES_FILE is not set.");
	}
	writeFileSync(file, JSON.stringify({ activationMs }));
}
