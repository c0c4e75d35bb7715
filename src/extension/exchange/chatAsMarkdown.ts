import { assertNever } from "../../protocol/assertNever";
import type { TurnOutcome } from "../../protocol/chat/chat";
import { describeFailure } from "../../wording/describeFailure";
import { shownTime } from "../../protocol/schemaParts";
import { plural, t } from "../../wording/localize";
import { fenced } from "../../protocol/text/markdownText";
import type { AttachedCode } from "../conversation/attachedCode";
import type { Conversation } from "../conversation/conversation";
import { titleOf } from "../conversation/title";
import type { TreeTurn } from "../conversation/treeTurn";
import { asText, tamed } from "./tameMarkdown";

/**
 * Returns a conversation as a Markdown document to read: the shown path, with a second-level heading for each turn.
 * Messages keep their Markdown, but cannot add such headings or affect the text after them.
 */
export function chatAsMarkdown(conversation: Conversation): string {
	const { header } = conversation;
	const blocks = [`# ${asText(titleOf(conversation)) || t("Chat")}`, asList(factsOf(header))];
	for (const turn of conversation.path()) {
		blocks.push(...(turn.role === "user" ? userBlocks(turn) : answerBlocks(turn)));
	}
	return `${blocks.filter((block) => block.trim() !== "").join("\n\n")}\n`;
}

function factsOf({ createdAtMs, folder }: Conversation["header"]): readonly string[] {
	const started = t(
		"Started {0} UTC",
		new Date(shownTime(createdAtMs)).toISOString().slice(0, 16).replace("T", " "),
	);
	return folder === null ? [started] : [started, t("Folder: {0}", asText(folder))];
}

function asList(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join("\n");
}

function userBlocks({ text, attachments }: Extract<TreeTurn, { role: "user" }>): string[] {
	return [`## ${t("You")}`, tamed(text), ...attachments.flatMap(codeBlocks)];
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
			: [`<details>\n<summary>${t("Thoughts")}</summary>`, tamed(thought), "</details>"];
	const ending = endingOf(outcome);
	return [
		`## ${t("Assistant")}`,
		...thoughts,
		tamed(reply),
		...(ending === "" ? [] : [`*${ending}*`]),
	];
}

/** Returns how an answer ended, in words; empty if it is complete. */
function endingOf(outcome: TurnOutcome | null): string {
	if (outcome === null) {
		return t("Still being written");
	}
	switch (outcome.kind) {
		case "complete":
			return "";
		case "stopped":
			return t("Stopped");
		case "maxTokens":
			return plural(outcome.maxTokens, "Reached {0} token", "Reached {0} tokens");
		case "contextFull":
			return t("The context was full");
		case "failed":
			return asText(describeFailure(outcome.failure).sentence);
		case "interrupted":
			return t("Interrupted");
		default:
			return assertNever(outcome);
	}
}
