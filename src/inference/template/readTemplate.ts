import type { TemplateProblem, TemplateStandIn } from "../../protocol/chat/thinking";
import { ChatTemplate } from "./chatTemplate";
import { standInFor } from "./standIns";
import type { Vocabulary } from "./vocabulary";

/** Longest reason, in UTF-16 units. */
const mostReasonLength = 200;

/** Returns a model's own template, or a substitute together with the reason for it. */
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

/** Returns an error's message as one line without control characters. Templates may raise any text. */
export function templateErrorReason(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	const line = text
		.slice(0, 10 * mostReasonLength)
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
		.trim();
	return line.length > mostReasonLength ? `${line.slice(0, mostReasonLength)}…` : line;
}
