import { assertNever } from "../../protocol/assertNever";
import type { CrashReport, EngineRequest } from "../../protocol/inference/crashReport";
import { formatBytes, formatCount } from "../../wording/format";
import { escapeMarkdown } from "../../protocol/text/markdownText";

/** @returns the report as Markdown. */
export function describeCrashReport(report: CrashReport): string {
	const { model, request, versions, lastLines, crashes } = report;
	const sections: readonly (readonly [string, readonly string[]])[] = [
		[
			"Crash",
			[
				`Time: ${new Date(report.atMs).toISOString()}`,
				`Ended by ${report.signal ?? `exit code ${report.exitCode ?? "unknown"}`}, after ${formatCount(Math.round(report.uptimeMs / 1000))} s`,
				`Crash ${formatCount(crashes)} in this window; ${describeRecovery(report.recovery)}`,
			],
		],
		[
			"Asked of the engine",
			[describePhase(report.phase), ...(request ? describeRequest(request) : [])],
		],
		[
			"Model",
			model
				? [
						`${escapeMarkdown(model.name)} (${escapeMarkdown(model.architecture)}, ${formatBytes(model.fileBytes)})`,
						`Context: ${formatCount(model.contextTokens)} tokens`,
						`Runs on ${escapeMarkdown(model.device)}`,
						`Why: ${escapeMarkdown(model.deviceReason)}`,
					]
				: ["None was loaded"],
		],
		[
			"Versions",
			[
				`Local LLM Chatbot ${versions.extension}`,
				`VS Code ${versions.vsCode}`,
				`System: ${versions.system}`,
				...(versions.engine
					? [
							`llama.cpp ${versions.engine.llamaCpp}`,
							`node-llama-cpp ${versions.engine.nodeLlamaCpp}`,
							`Node ${versions.engine.node}`,
						]
					: ["llama.cpp was not loaded yet"]),
			],
		],
	];
	return [
		"# Local LLM: Crash Report\n",
		"It holds sizes, no words of the conversation, and neither paths nor names. It is kept on this machine and sent nowhere.\n",
		...sections.map(
			([title, lines]) => `## ${title}\n\n${lines.map((line) => `- ${line}\n`).join("")}`,
		),
		`## Last lines\n\n${lastLines.length > 0 ? fenced(lastLines) : "The process wrote nothing.\n"}`,
	].join("\n");
}

function describeRecovery(recovery: CrashReport["recovery"]): string {
	switch (recovery) {
		case "restarts":
			return "the process is started again by itself, without what it was asked";
		case "gaveUp":
			return "after four restarts within three minutes the process is not started again by itself";
		case "none":
			return "the process is started again when it is needed";
		default:
			return assertNever(recovery);
	}
}

function describePhase(phase: CrashReport["phase"]): string {
	switch (phase) {
		case "idle":
			return "Nothing at that moment";
		case "loading":
			return "Loading llama.cpp or the model";
		case "counting":
			return "Counting the tokens of a conversation";
		case "readingAhead":
			return "Reading ahead what was being typed";
		case "prefill":
			return "Reading the prompt";
		case "decoding":
			return "Writing the answer";
		default:
			return assertNever(phase);
	}
}

function describeRequest(request: EngineRequest): readonly string[] {
	const { promptTokens, answerTokens, maxTokens, temperature } = request;
	return [
		`${formatCount(request.messages)} messages: ${formatCount(request.systemCharacters)} characters of the system prompt, ${formatCount(request.userCharacters)} of the user's, ${formatCount(request.assistantCharacters)} of answers`,
		...(request.continuesAnswer ? ["The last answer was to be continued"] : []),
		...(promptTokens === undefined ? [] : [`Prompt: ${formatCount(promptTokens)} tokens`]),
		`Answer: ${formatCount(answerTokens)} tokens, of at most ${formatCount(maxTokens)}`,
		`Temperature: ${temperature}`,
	];
}

/** No line of a program's ends the block. */
function fenced(lines: readonly string[]): string {
	const text = lines.join("\n");
	const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = "`".repeat(Math.max(3, longestRun + 1));
	return `${fence}text\n${text}\n${fence}\n`;
}
