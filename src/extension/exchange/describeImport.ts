import { assertNever } from "../../protocol/assertNever";
import type { ChatProblem, OmissionKind, Omissions } from "../../protocol/import/chatImport";
import { describeCount, formatBytes, formatCount } from "../../wording/format";
import { describeWriteFailure } from "./describeWriteFailure";
import type { FileProblem, ImportResult } from "./importResult";

/** @returns the outcome of an import for a notification. */
export function describeImport(result: ImportResult, which: "new" | "known"): string {
	const { added, passed, leftOutCount, problems, failure, cancelled } = result;
	const sentences = [
		added > 0 || (problems.length === 0 && passed === 0)
			? `Imported ${describeCount(added, "conversation")}.`
			: "Nothing was imported.",
	];
	if (failure !== undefined) {
		sentences.push(`Then it ended: ${describeWriteFailure(failure)}`);
	} else if (cancelled) {
		sentences.push("Then it was cancelled.");
	}
	if (passed > 0 && which === "new") {
		sentences.push(`${formatCount(passed)} ${passed === 1 ? "was" : "were"} here already.`);
	}
	if (leftOutCount > 0) {
		sentences.push(`${formatCount(leftOutCount)} could not be read.`);
	}
	const [first] = problems;
	if (problems.length === 1 && first) {
		sentences.push(describeProblem(first.name, first.problem));
	} else if (problems.length > 1) {
		sentences.push(`${describeCount(problems.length, "file")} could not be read, or only in part.`);
	}
	const omitted = describeOmissions(result.omissions);
	if (added > 0 && omitted !== "") {
		sentences.push(`Not imported: ${omitted}.`);
	}
	return sentences.join(" ");
}

/** @returns what could not be imported, line by line. */
export function importDetails(result: ImportResult): string {
	const { leftOut, leftOutCount, problems, incomplete, incompleteCount } = result;
	const files = problems.map(({ name, problem }) => describeProblem(name, problem));
	const chats = leftOut.map(
		({ name, title, problem, omissions }) =>
			`${name}: ${titled(title)}: ${describeChatProblem(problem, omissions)}`,
	);
	const parts = incomplete.map(({ name, title, omissions }) => {
		const omitted = describeOmissions(omissions);
		const { movedMessages: moved } = omissions;
		return [
			`${name}: ${titled(title)}:`,
			...(omitted === "" ? [] : [`${omitted}.`]),
			...(moved > 0
				? [
						`${describeCount(moved, "message")} without a place in the conversation, put below the one before.`,
					]
				: []),
		].join(" ");
	});
	return [
		"What was not imported",
		"",
		...files,
		...chats,
		...more(leftOutCount - leftOut.length),
		...parts,
		...more(incompleteCount - incomplete.length),
		"",
	].join("\n");
}

function more(count: number): string[] {
	return count > 0 ? [`… and ${describeCount(count, "conversation")} more.`] : [];
}

function titled(title: string): string {
	return title === "" ? "a conversation without a title" : `“${title}”`;
}

function describeProblem(name: string, problem: FileProblem): string {
	switch (problem.kind) {
		case "unreadable":
			return `${name} cannot be read. The system says: ${problem.reason}`;
		case "notAFile":
			return `${name} is not a regular file. Choose a .json or .zip file.`;
		case "tooLarge":
			return `${name} is too large: at most ${formatBytes(problem.limitBytes)} can be imported.`;
		case "nothingInArchive":
			return `${name} holds no conversations.json and no *.conversation.json.`;
		case "damagedArchive":
			return `${name} is not a whole ZIP archive. Download it again, or unpack it and import conversations.json. The reason: ${problem.reason}`;
		case "encryptedArchive":
			return `${name} is encrypted. Unpack it, and import conversations.json.`;
		case "tooManyDocuments":
			return `${name} holds too many files. Only the first ${formatCount(problem.limit)} were read.`;
		case "notJson":
			return `${name} is not JSON, or not all of it. Export it again, and import the new file.`;
		case "endsEarly":
			return `${name} is cut off or damaged after ${formatBytes(problem.atBytes)}. What comes before was read. Export it again to get the rest.`;
		case "unknownFormat":
			return `${name} holds no conversations that can be imported: neither this extension's nor those of ChatGPT, LM Studio or Open WebUI.`;
		case "newerVersion":
			return `${name} was exported by a newer version of this extension (format ${problem.version}). Update the extension, and import it again.`;
		case "tooManyChats":
			return `${name} holds more than ${formatCount(problem.limit)} conversations. The rest was not imported.`;
		case "stopped":
			return describeStop(name, problem.reason);
		default:
			return assertNever(problem);
	}
}

function describeStop(
	name: string,
	reason: Extract<FileProblem, { readonly kind: "stopped" }>["reason"],
): string {
	switch (reason) {
		case "ended":
			return `${name} could not be read to its end: the process that reads it stopped. What was read before was imported. Import it again; if it stops again, report the problem.`;
		case "hangs":
			return `${name} could not be read to its end: nothing came of it for a minute. What was read before was imported. Copy the file to this machine, and import the copy.`;
		case "nonsense":
			return `${name} could not be read to its end because of an error in the extension. What was read before was imported. The log has details.`;
		default:
			return assertNever(reason);
	}
}

function describeChatProblem(problem: ChatProblem, { brokenMessages }: Omissions): string {
	switch (problem) {
		case "wrongShape":
			return "it does not have the shape that such conversations have.";
		case "empty":
			return brokenMessages > 0
				? `${describeCount(brokenMessages, "message")} could not be read, and nothing else was said in it.`
				: "nothing was said in it.";
		default:
			return assertNever(problem);
	}
}

/** What did not come along, the worst first: a noun, and what is said of several. */
const omissionWords: readonly (readonly [kind: OmissionKind, noun: string, after?: string])[] = [
	["brokenMessages", "message", " that could not be read"],
	["excessMessages", "message", " beyond what one conversation can hold"],
	["longTexts", "text", " in full (too long)"],
	["images", "image"],
	["files", "file"],
	["recordings", "recording"],
	["citations", "citation"],
	["toolMessages", "tool message"],
	["systemMessages", "system message"],
	["otherParts", "part", " of an unknown kind"],
];

function describeOmissions(omissions: Omissions): string {
	return omissionWords
		.filter(([kind]) => omissions[kind] > 0)
		.map(([kind, noun, after = ""]) => `${describeCount(omissions[kind], noun)}${after}`)
		.join(", ");
}
