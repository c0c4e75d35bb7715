import type { TemplateProblem, TemplateStandIn } from "../../protocol/chat/thinking";
import { ChatTemplate } from "./chatTemplate";
import { standInFor } from "./standIns";
import type { Vocabulary } from "./vocabulary";

/** Longer reasons say no more. */
const mostReasonLength = 200;

/** @returns a model's own template, or one that stands in for it with the reason. */
export function readTemplate(
	source: string | undefined,
	vocabulary: Vocabulary,
): { readonly template: ChatTemplate; readonly standIn: TemplateStandIn | undefined } {
	let problem: TemplateProblem = { kind: "missing" };
	if (source !== undefined && source.trim() !== "") {
		try {
			return { template: new ChatTemplate(source, vocabulary), standIn: undefined };
		} catch (error) {
			problem = { kind: "unusable", reason: templateErrorReason(error) };
		}
	}
	const { format, source: other } = standInFor(vocabulary);
	return { template: new ChatTemplate(other, vocabulary), standIn: { problem, format } };
}

/** @returns in one line, in characters that do nothing, what an error says: templates raise what they like. */
export function templateErrorReason(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	const line = text
		.slice(0, 10 * mostReasonLength)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
		.trim();
	return line.length > mostReasonLength ? `${line.slice(0, mostReasonLength)}…` : line;
}
