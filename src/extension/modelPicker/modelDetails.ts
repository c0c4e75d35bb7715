import { formatBytes, formatCount } from "../../wording/format";
import type { ModelDetails } from "../../protocol/inference/model";
import { type ModelKind } from "../../protocol/download/modelKind";
import { describeOtherKind } from "../../wording/describeModelKind";
import { fenced } from "../../protocol/text/markdownText";

/** @returns a page about a model, in Markdown. What its file says is shown as it is, and never as Markdown. */
export function describeDetails(title: string, details: ModelDetails): string {
	const { name, path, partCount, chatTemplate } = details;
	const rows: readonly (readonly [string, string | undefined])[] = [
		["Calls itself", name],
		["Kind", describeKind(details.kind)],
		["Architecture", details.architecture],
		["Parameters", formatParameters(details.parameterCount)],
		["Quantization", details.quantization],
		["Layers", count(details.layers)],
		["Trained for a context of", count(details.trainedContextTokens, " tokens")],
		["Size", formatBytes(details.fileBytes) + (partCount > 1 ? ` in ${partCount} files` : "")],
		["File", path],
	];
	return [
		`# ${escapeText(title)}`,
		"",
		"| | |",
		"| --- | --- |",
		...rows.map(([label, value]) => `| ${label} | ${value ? escapeText(value) : "not stated"} |`),
		"",
		"## Chat template",
		"",
		...(chatTemplate === undefined
			? ["The file has none. llama.cpp takes one that fits its architecture."]
			: [fenced(chatTemplate, "jinja")]),
		"",
	].join("\n");
}

function describeKind(kind: ModelKind): string {
	switch (kind) {
		case "chat":
			return "Chat model";
		case "text":
			return "Language model without a chat template, as base models are";
		default:
			return describeOtherKind(kind);
	}
}

/** @returns "3.2 billion (3,212,749,824)" */
function formatParameters(parameters: number): string {
	const [unit, name] = parameters >= 1e9 ? [1e9, "billion"] : [1e6, "million"];
	return parameters < 1e6
		? formatCount(parameters)
		: `${(parameters / unit).toFixed(1)} ${name} (${formatCount(parameters)})`;
}

function count(value: number | undefined, unit = ""): string | undefined {
	return value === undefined ? undefined : formatCount(value) + unit;
}

/** As text of one line, whatever it holds: every sign that Markdown or HTML could read becomes its number. */
function escapeText(text: string): string {
	return text.replace(/[^\p{L}\p{N} ,.]/gu, (sign) =>
		/\p{C}|\s/u.test(sign) ? " " : `&#${String(sign.codePointAt(0))};`,
	);
}
