import { readFileSync } from "node:fs";
import path from "node:path";
import { demoModelFile } from "../../../scripts/lib/paths.mjs";
import { seededRandom } from "../../support/random";

/** A conversation with the demo model at temperature 0. */
export interface KnownConversation {
	readonly category: string;
	readonly system: string;
	readonly turns: readonly { readonly user: string; readonly assistant: string }[];
}

export const knownConversations = JSON.parse(
	readFileSync(path.join(path.dirname(demoModelFile), "prompts.json"), "utf8"),
) as readonly KnownConversation[];

/** Returns the demo model's answer to a question that starts a chat with the default system prompt. */
export function knownAnswer(question: string): string {
	const found = knownConversations.find(({ turns }) => turns[0]?.user === question)?.turns[0];
	if (!found) {
		throw new Error(`There is no known answer to: ${question}`);
	}
	return found.assistant;
}

/** Returns `count` different conversations. The same seed gives the same ones. */
export function drawConversations(
	from: readonly KnownConversation[],
	count: number,
	seed: number,
): readonly KnownConversation[] {
	const next = seededRandom(seed);
	const left = [...from];
	return Array.from({ length: Math.min(count, left.length) }, () =>
		left.splice(Math.floor(next() * left.length), 1),
	).flat();
}
