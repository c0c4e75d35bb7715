import { formatBytes, formatCount } from "../../wording/format";
import { formatNumber } from "../../wording/intl";
import { plural, t } from "../../wording/localize";
import type { ModelDetails } from "../../protocol/inference/model";
import { type ModelKind } from "../../protocol/download/modelKind";
import { describeOtherKind } from "../../wording/describeModelKind";
import { fenced } from "../../protocol/text/markdownText";

/** Returns a page about a model in Markdown. Text from the model file is escaped, so it is never rendered as Markdown. */
export function describeDetails(title: string, details: ModelDetails): string {
	const { name, path, partCount, chatTemplate } = details;
	const rows: readonly (readonly [string, string | undefined])[] = [
		[t("Name in the file"), name],
		[t("Kind"), describeKind(details.kind)],
		[t("Architecture"), details.architecture],
		[t("Parameters"), formatParameters(details.parameterCount)],
		[t("Quantization"), details.quantization],
		[t("Layers"), details.layers === undefined ? undefined : formatCount(details.layers)],
		[t("Trained context"), describeTokens(details.trainedContextTokens)],
		[t("Size"), describeSize(details.fileBytes, partCount)],
		[t("File"), path],
	];
	return [
		`# ${escapeText(title)}`,
		"",
		"| | |",
		"| --- | --- |",
		...rows.map(
			([label, value]) => `| ${label} | ${value ? escapeText(value) : t("not stated")} |`,
		),
		"",
		`## ${t("Chat template")}`,
		"",
		...(chatTemplate === undefined
			? [t("The file contains none. llama.cpp uses one that fits the architecture.")]
			: [fenced(chatTemplate, "jinja")]),
		"",
	].join("\n");
}

function describeKind(kind: ModelKind): string {
	switch (kind) {
		case "chat":
			return t("Chat model");
		case "text":
			return t("Language model without a chat template, such as a base model");
		default:
			return describeOtherKind(kind);
	}
}

/** Returns "3.2 billion (3,212,749,824)". */
function formatParameters(parameters: number): string {
	const rounded = formatNumber(parameters, {
		notation: "compact",
		compactDisplay: "long",
		minimumFractionDigits: 1,
		maximumFractionDigits: 1,
	});
	return parameters < 1e6
		? formatCount(parameters)
		: t("{0} ({1})", rounded, formatCount(parameters));
}

function describeTokens(tokens: number | undefined): string | undefined {
	return tokens === undefined ? undefined : plural(tokens, "{0} token", "{0} tokens");
}

function describeSize(bytes: number, partCount: number): string {
	return partCount > 1
		? plural(partCount, "{1} in {0} file", "{1} in {0} files", formatBytes(bytes))
		: formatBytes(bytes);
}

/** Returns a text on one line, with every character escaped that Markdown or HTML could interpret. */
function escapeText(text: string): string {
	return text.replace(/[^\p{L}\p{N} ,.]/gu, (sign) =>
		/\p{C}|\s/u.test(sign) ? " " : `&#${String(sign.codePointAt(0))};`,
	);
}
