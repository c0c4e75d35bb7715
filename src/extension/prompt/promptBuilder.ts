import type { TurnId } from "../../protocol/chat/ids";
import type { AnswerBeginning, Message } from "../../protocol/inference/inference";
import { withLineFeeds } from "../../protocol/text/lineFeeds";
import { lineSpan, type AttachedCode } from "../conversation/attachedCode";
import type { StoredUserTurn } from "../conversation/chatRecord";
import type { TreeTurn } from "../conversation/treeTurn";

/** A conversation as messages for the model. */
export interface BuiltPrompt {
	readonly messages: readonly Message[];
	/** The turn of each message; `undefined` for the system message. */
	readonly turnIds: readonly (TurnId | undefined)[];
}

/**
 * Builds the messages for the answer at the end of a path. If that answer has text, it becomes the last message, which
 * the model continues.
 *
 * Answers without text are skipped, so that user messages can follow each other; the model reads them as one (see
 * `FitParams`). Thoughts of earlier answers and a blank system prompt are left out. Line endings of files and users
 * become line feeds, as in training data; text from the model is left unchanged.
 */
export function buildPrompt(systemPrompt: string, path: readonly TreeTurn[]): BuiltPrompt {
	const messages: Message[] = [];
	const turnIds: (TurnId | undefined)[] = [];
	const add = (message: Message, turnId: TurnId | undefined): void => {
		messages.push(message);
		turnIds.push(turnId);
	};

	if (systemPrompt.trim() !== "") {
		add({ role: "system", text: withLineFeeds(systemPrompt) }, undefined);
	}
	for (const [index, turn] of path.entries()) {
		const isLast = index === path.length - 1;
		if (turn.role === "user") {
			add({ role: "user", text: withLineFeeds(userText(turn)) }, turn.id);
		} else if (isLast && turn.thought !== "") {
			const beginning: AnswerBeginning = {
				role: "assistant",
				text: turn.reply,
				thought: turn.thought,
			};
			add(beginning, turn.id);
		} else if (turn.reply !== "") {
			add({ role: "assistant", text: turn.reply }, turn.id);
		}
	}
	return { messages, turnIds };
}

/**
 * Returns the first turn that the model sees, or `undefined` if it sees all of them.
 *
 * @param keptFrom index of the first message after the system message that fits the context
 */
export function firstVisibleTurn(
	{ messages, turnIds }: BuiltPrompt,
	keptFrom: number,
): TurnId | undefined {
	return keptFrom <= (messages[0]?.role === "system" ? 1 : 0) ? undefined : turnIds[keptFrom];
}

/**
 * Returns each piece of code below a line with its origin, then the user's text. The code comes first because it is
 * attached before the text is complete: a change of the text leaves the preloaded code valid (see `PromptPreloader`).
 */
function userText({ text, attachments }: StoredUserTurn): string {
	return attachments.length === 0
		? text
		: [...attachments.map(codeText), text.trimEnd()].filter((part) => part !== "").join("\n\n");
}

function codeText({ chip, range, code }: AttachedCode): string {
	const { first, last } = lineSpan(range);
	const lines = first === last ? `line ${first}` : `lines ${first}-${last}`;
	const fence = "`".repeat(Math.max(3, longestBacktickRun(code) + 1));
	const body = /[\r\n]$/.test(code) ? code : `${code}\n`;
	const origin = chip.scope === "pasted" ? "Pasted text" : `Code from \`${chip.path}\` (${lines})`;
	return `${origin}:\n\n${fence}${chip.languageId}\n${body}${fence}`;
}

function longestBacktickRun(text: string): number {
	let longest = 0;
	for (const run of text.match(/`+/g) ?? []) {
		longest = Math.max(longest, run.length);
	}
	return longest;
}
