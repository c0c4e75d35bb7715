import { assertNever } from "../../protocol/assertNever";
import { formatBytes, formatCount } from "../../protocol/format";
import type { FileProblem } from "./importDocuments";
import type { ChatProblem, Omissions } from "./importedChat";
import type { DocumentProblem, LeftOut } from "./readChats";

/** What came of an import. */
export interface ImportResult {
	added: number;
	/** Left alone because they are here already or, when copies are imported, because they are not. */
	passed: number;
	/** Conversations that could not be read, each with the name of its document. */
	readonly leftOut: (LeftOut & { readonly name: string })[];
	/** Documents of which nothing could be read. */
	readonly problems: { readonly name: string; readonly problem: FileProblem | DocumentProblem }[];
	readonly omissions: Omissions;
	/** What ended it early: an error of the system. */
	failure: unknown;
	cancelled: boolean;
}

/** @returns "1 chat", "1,200 chats" */
export function countOf(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** @returns the outcome of an import for a notification. */
export function describeImport(result: ImportResult, which: "new" | "known"): string {
	const { added, passed, leftOut, problems, failure, cancelled } = result;
	const sentences = [
		added > 0 || (problems.length === 0 && passed === 0)
			? `Imported ${countOf(added, "conversation")}.`
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
	if (leftOut.length > 0) {
		sentences.push(`${formatCount(leftOut.length)} could not be read.`);
	}
	const [first] = problems;
	if (problems.length === 1 && first) {
		sentences.push(describeProblem(first.name, first.problem));
	} else if (problems.length > 1) {
		sentences.push(`${countOf(problems.length, "file")} could not be read.`);
	}
	const omitted = describeOmissions(result.omissions);
	if (added > 0 && omitted !== "") {
		sentences.push(`Not imported: ${omitted}.`);
	}
	return sentences.join(" ");
}

/** @returns what could not be imported, line by line. */
export function importDetails({ leftOut, problems }: ImportResult): string {
	const files = problems.map(({ name, problem }) => describeProblem(name, problem));
	const chats = leftOut.map(
		({ name, title, problem }) =>
			`${name}: ${title === "" ? "a conversation without a title" : `“${title}”`}: ${describeChatProblem(problem)}`,
	);
	return `${["What was not imported", "", ...files, ...chats].join("\n")}\n`;
}

/** @returns why something could not be written, and what to do. */
export function describeWriteFailure(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	switch (code) {
		case "ENOSPC":
		case "EDQUOT":
			return "The disk is full. Free some space, and try again.";
		case "EACCES":
		case "EPERM":
		case "EROFS":
		case "NoPermissions":
			return "You are not allowed to write there. Choose another folder, or change its permissions.";
		case "ENOENT":
		case "ENOTDIR":
		case "FileNotFound":
			return "The folder is not there any more. Choose another one.";
		default: {
			const reason = error instanceof Error ? error.message : String(error);
			return `It could not be written. Try again, or choose another folder. The system says: ${reason}`;
		}
	}
}

function describeProblem(name: string, problem: FileProblem | DocumentProblem): string {
	switch (problem.kind) {
		case "unreadable":
			return `${name} cannot be read. The system says: ${problem.reason}`;
		case "tooLarge":
			return `${name} is too large: at most ${formatBytes(problem.limitBytes)} can be imported at once.`;
		case "nothingInArchive":
			return `${name} holds no conversations.json and no *.conversation.json.`;
		case "damagedArchive":
			return `${name} is not a whole ZIP archive. Download it again, or unpack it and import conversations.json. The reason: ${problem.reason}`;
		case "encryptedArchive":
			return `${name} is encrypted. Unpack it, and import conversations.json.`;
		case "notJson":
			return `${name} is not JSON, or not all of it. Export it again, and import the new file.`;
		case "unknownFormat":
			return `${name} holds no conversations that can be imported: neither this extension's nor those of ChatGPT, LM Studio or Open WebUI.`;
		case "newerVersion":
			return `${name} was exported by a newer version of this extension (format ${problem.version}). Update the extension, and import it again.`;
		case "tooManyChats":
			return `${name} holds too many conversations to be imported at once.`;
		default:
			return assertNever(problem);
	}
}

function describeChatProblem(problem: ChatProblem): string {
	switch (problem) {
		case "wrongShape":
			return "it does not have the shape that such conversations have.";
		case "brokenTree":
			return "its messages do not fit together.";
		case "tooLarge":
			return "it is too large.";
		case "empty":
			return "nothing was said in it.";
		default:
			return assertNever(problem);
	}
}

function describeOmissions({ images, files, toolMessages, systemMessages }: Omissions): string {
	const parts = [
		[images, "image"],
		[files, "file"],
		[toolMessages, "tool message"],
		[systemMessages, "system message"],
	] as const;
	return parts
		.filter(([count]) => count > 0)
		.map(([count, noun]) => countOf(count, noun))
		.join(", ");
}
