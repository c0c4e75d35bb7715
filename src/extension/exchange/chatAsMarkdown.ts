import { assertNever } from "../../protocol/assertNever";
import type { TurnOutcome } from "../../protocol/chat/chat";
import { describeFailure } from "../../wording/describeFailure";
import { shownTime } from "../../protocol/schemaParts";
import { describeCount } from "../../wording/format";
import { fenced } from "../../protocol/text/markdownText";
import type { AttachedCode } from "../conversation/attachedCode";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import type { TreeTurn } from "../conversation/treeTurn";
import { asText, tamed } from "./tameMarkdown";

/**
 * @returns a conversation for reading: the path that is shown, a heading of the second level for each turn. What was
 * said keeps its Markdown, but cannot make such headings or reach into what follows.
 */
export function chatAsMarkdown(conversation: Conversation): string {
	const { header } = conversation;
	const blocks = [`# ${asText(titleOf(conversation)) || "Chat"}`, asList(factsOf(header))];
	for (const turn of conversation.path()) {
		blocks.push(...(turn.role === "user" ? userBlocks(turn) : answerBlocks(turn)));
	}
	return `${blocks.filter((block) => block.trim() !== "").join("\n\n")}\n`;
}

function factsOf({ createdAtMs, folder }: Conversation["header"]): readonly string[] {
	const started = `Started ${new Date(shownTime(createdAtMs)).toISOString().slice(0, 16).replace("T", " ")} UTC`;
	return folder === null ? [started] : [started, `Folder: ${asText(folder)}`];
}

function asList(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join("\n");
}

function userBlocks({ text, attachments }: Extract<TreeTurn, { role: "user" }>): string[] {
	return ["## You", tamed(text), ...attachments.flatMap(codeBlocks)];
}

function codeBlocks({ chip, code }: AttachedCode): string[] {
	const place = chip.label === chip.path ? "" : ` (${asText(chip.path)})`;
	return [`**${asText(chip.label)}**${place}`, fenced(code, chip.languageId)];
}

function answerBlocks({
	thought,
	reply,
	outcome,
}: Extract<TreeTurn, { role: "assistant" }>): string[] {
	const thoughts =
		thought.trim() === ""
			? []
			: ["<details>\n<summary>Thoughts</summary>", tamed(thought), "</details>"];
	const ending = endingOf(outcome);
	return ["## Assistant", ...thoughts, tamed(reply), ...(ending === "" ? [] : [`*${ending}*`])];
}

/** @returns how an answer ended, in words; empty if it is complete. */
function endingOf(outcome: TurnOutcome | null): string {
	if (outcome === null) {
		return "Still being written";
	}
	switch (outcome.kind) {
		case "complete":
			return "";
		case "stopped":
			return "Stopped";
		case "maxTokens":
			return `Reached ${describeCount(outcome.maxTokens, "token")}`;
		case "contextFull":
			return "The context was full";
		case "failed":
			return asText(describeFailure(outcome.failure).sentence);
		case "interrupted":
			return "Interrupted";
		default:
			return assertNever(outcome);
	}
}
