import { createLocalLanguageModel, scriptedModule } from "../models/localModelFixture";

/**
 * A host that asks the scripted engine the question in its argument, prints the id of its process once the answer has
 * started, and waits to be killed.
 */
async function main(question: string): Promise<void> {
	const { languageModel } = createLocalLanguageModel(scriptedModule);
	const never = new AbortController().signal;
	await languageModel.prepare(never);
	const messages = [{ role: "user", text: question }] as const;
	const listener = {
		onPrefill: () => undefined,
		onText: () => {
			process.send?.(languageModel.processId);
		},
	};
	await languageModel.generate(messages, { maxTokens: 2048, temperature: 0 }, listener, never);
}

void main(process.argv[2] ?? "");
