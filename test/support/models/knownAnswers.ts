import { readFileSync } from "node:fs";
import path from "node:path";
import type { PromptMessages, Message } from "../../../src/protocol/inference/inference";

/** A prompt for the demo model, with its exact answer at temperature 0. */
export interface KnownAnswer {
	readonly messages: PromptMessages;
	readonly answer: string;
}

/** Returns every prompt with a known answer, earlier messages included. */
export function knownAnswers(): readonly KnownAnswer[] {
	const file = path.join(process.cwd(), "test/fixtures/demo-model/prompts.json");
	const conversations = JSON.parse(readFileSync(file, "utf8")) as readonly {
		readonly system: string;
		readonly turns: readonly { readonly user: string; readonly assistant: string }[];
	}[];
	return conversations.flatMap(({ system, turns }) => {
		const past: Message[] = [{ role: "system", text: system }];
		return turns.map(({ user, assistant }) => {
			const messages: Message[] = [...past, { role: "user", text: user }];
			past.push({ role: "user", text: user }, { role: "assistant", text: assistant });
			return { messages, answer: assistant };
		});
	});
}
