import { assertNever } from "../../protocol/assertNever";
import type { CrashReport, EngineRequest } from "../../protocol/inference/crashReport";
import { formatBytes, formatCount } from "../../wording/format";
import { escapeMarkdown, fenced } from "../../protocol/text/markdownText";
import { plural, t } from "../../wording/localize";
import { formatNumber } from "../../wording/intl";
import { describeExit } from "../../wording/describeBackend";

/** Returns the report as Markdown. */
export function describeCrashReport(report: CrashReport): string {
	const { model, request, versions, lastLines, crashes } = report;
	const sections: readonly (readonly [string, readonly string[]])[] = [
		[
			t("Crash"),
			[
				t("Time: {0}", new Date(report.atMs).toISOString()),
				t(
					"The process ended after {0} s: {1}",
					formatCount(Math.round(report.uptimeMs / 1000)),
					describeExit(report),
				),
				t("Crashes in this window: {0}", formatCount(crashes)),
				describeRecovery(report.recovery),
			],
		],
		[t("Request"), [describePhase(report.phase), ...(request ? describeRequest(request) : [])]],
		[
			t("Model"),
			model
				? [
						`${escapeMarkdown(model.name)} (${escapeMarkdown(model.architecture)}, ${formatBytes(model.fileBytes)})`,
						plural(model.contextTokens, "Context: {0} token", "Context: {0} tokens"),
						t("Device: {0}", escapeMarkdown(model.device)),
						t("Reason: {0}", escapeMarkdown(model.deviceReason)),
					]
				: [t("No model was loaded.")],
		],
		[
			t("Versions"),
			[
				t("Local LLM Chatbot {0}", versions.extension),
				t("VS Code {0}", versions.vsCode),
				t("System: {0}", versions.system),
				...(versions.engine
					? [
							t("llama.cpp {0}", versions.engine.llamaCpp),
							t("node-llama-cpp {0}", versions.engine.nodeLlamaCpp),
							t("Node {0}", versions.engine.node),
						]
					: [t("llama.cpp was not loaded yet.")]),
			],
		],
	];
	return [
		`# ${t("Local LLM: Crash Report")}\n`,
		`${t("This report contains no text of the chat, no paths, and no names. It stays on this machine.")}\n`,
		...sections.map(
			([title, lines]) => `## ${title}\n\n${lines.map((line) => `- ${line}\n`).join("")}`,
		),
		`## ${t("Last Lines")}\n\n${lastLines.length > 0 ? `${fenced(lastLines.join("\n"), "text")}\n` : `${t("The process wrote nothing.")}\n`}`,
	].join("\n");
}

function describeRecovery(recovery: CrashReport["recovery"]): string {
	switch (recovery) {
		case "restarts":
			return t("The process restarts automatically, but does not repeat the request.");
		case "gaveUp":
			return t(
				"The process does not restart automatically after four restarts within three minutes.",
			);
		case "none":
			return t("The process restarts on demand.");
		default:
			return assertNever(recovery);
	}
}

function describePhase(phase: CrashReport["phase"]): string {
	switch (phase) {
		case "idle":
			return t("None at that moment.");
		case "loading":
			return t("Loading llama.cpp or the model.");
		case "counting":
			return t("Counting the tokens of a prompt.");
		case "readingAhead":
			return t("Preloading the prompt while the user types.");
		case "prefill":
			return t("Reading the prompt.");
		case "decoding":
			return t("Writing the answer.");
		default:
			return assertNever(phase);
	}
}

function describeRequest(request: EngineRequest): readonly string[] {
	const { promptTokens, answerTokens, maxTokens, temperature } = request;
	return [
		t("Messages: {0}", formatCount(request.messages)),
		t(
			"Characters: {0} of the system prompt, {1} of the user, {2} of answers",
			formatCount(request.systemCharacters),
			formatCount(request.userCharacters),
			formatCount(request.assistantCharacters),
		),
		...(request.continuesAnswer ? [t("The request continues the last answer.")] : []),
		...(promptTokens === undefined
			? []
			: [plural(promptTokens, "Prompt: {0} token", "Prompt: {0} tokens")]),
		t("Answer: {0} of at most {1} tokens", formatCount(answerTokens), formatCount(maxTokens)),
		t("Temperature: {0}", formatNumber(temperature)),
	];
}
