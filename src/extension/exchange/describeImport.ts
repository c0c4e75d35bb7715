import { assertNever } from "../../protocol/assertNever";
import {
	omissionKinds,
	type ChatProblem,
	type OmissionKind,
	type Omissions,
} from "../../protocol/import/chatImport";
import { formatBytes, formatCount } from "../../wording/format";
import { formatList } from "../../wording/intl";
import { plural, t } from "../../wording/localize";
import { describeWriteFailure } from "./describeWriteFailure";
import type { FileProblem, ImportResult } from "./importResult";

/** Returns the outcome of an import for a notification. */
export function describeImport(result: ImportResult, which: "new" | "known"): string {
	const { added, passed, leftOutCount, problems, failure, cancelled } = result;
	const sentences = [
		added > 0 || (problems.length === 0 && passed === 0)
			? plural(added, "Imported {0} chat.", "Imported {0} chats.")
			: t("Nothing was imported."),
	];
	if (failure !== undefined) {
		sentences.push(t("Then the import failed: {0}", describeWriteFailure(failure)));
	} else if (cancelled) {
		sentences.push(t("Then the import was canceled."));
	}
	if (passed > 0 && which === "new") {
		sentences.push(
			plural(passed, "{0} chat was already imported.", "{0} chats were already imported."),
		);
	}
	if (leftOutCount > 0) {
		sentences.push(
			plural(leftOutCount, "{0} chat could not be read.", "{0} chats could not be read."),
		);
	}
	const [first] = problems;
	if (problems.length === 1 && first) {
		sentences.push(describeProblem(first.name, first.problem));
	} else if (problems.length > 1) {
		sentences.push(
			plural(
				problems.length,
				"{0} file could not be read completely.",
				"{0} files could not be read completely.",
			),
		);
	}
	const omitted = describeOmissions(result.omissions);
	if (added > 0 && omitted !== "") {
		sentences.push(t("Not imported: {0}.", omitted));
	}
	return sentences.join(" ");
}

/** Returns what could not be imported, line by line. */
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
			...(omitted === "" ? [] : [t("Not imported: {0}.", omitted)]),
			...(moved > 0
				? [
						plural(
							moved,
							"It is unknown where {0} message belongs. It follows the message before it.",
							"It is unknown where {0} messages belong. They follow the message before them.",
						),
					]
				: []),
		].join(" ");
	});
	return [
		t("What was not imported"),
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
	return count > 0 ? [plural(count, "… and {0} more chat.", "… and {0} more chats.")] : [];
}

function titled(title: string): string {
	return title === "" ? t("a chat without a title") : t("“{0}”", title);
}

// eslint-disable-next-line max-lines-per-function -- it has a sentence for every problem
function describeProblem(name: string, problem: FileProblem): string {
	switch (problem.kind) {
		case "unreadable":
			return t("{0} cannot be read ({1}). Check its permissions.", name, problem.reason);
		case "notAFile":
			return t("{0} is not a regular file. Choose a .json or .zip file.", name);
		case "tooLarge":
			return t(
				"{0} is too large. The largest file that can be imported is {1}. Export fewer chats at a time.",
				name,
				formatBytes(problem.limitBytes),
			);
		case "nothingInArchive":
			return t(
				"{0} contains no chats: neither conversations.json nor *.conversation.json. Choose the archive that the program exported.",
				name,
			);
		case "damagedArchive":
			return t(
				"{0} is not a complete ZIP archive ({1}). Download it again, or unpack it and import conversations.json.",
				name,
				problem.reason,
			);
		case "encryptedArchive":
			return t("{0} is encrypted. Unpack it, and import conversations.json.", name);
		case "tooManyDocuments":
			return t(
				"{0} contains too many files. Only the first {1} were read.",
				name,
				formatCount(problem.limit),
			);
		case "notJson":
			return t(
				"{0} is not valid JSON, or only in part. Export it again, and import the new file.",
				name,
			);
		case "endsEarly":
			return t(
				"{0} is cut off or damaged after {1}. Everything before was read. Export it again to get the rest.",
				name,
				formatBytes(problem.atBytes),
			);
		case "unknownFormat":
			return t(
				"{0} contains no chats that can be imported. You can import chats of Local LLM Chatbot, ChatGPT, LM Studio, and Open WebUI.",
				name,
			);
		case "newerVersion":
			return t(
				"{0} was exported by a newer version of this extension (format {1}). Update the extension, and import it again.",
				name,
				String(problem.version),
			);
		case "tooManyChats":
			return t(
				"{0} contains more than {1} chats. The rest was not imported.",
				name,
				formatCount(problem.limit),
			);
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
			return t(
				"{0} could not be read to its end, because the import process stopped. Everything before was imported. Import it again; if it stops again, report the problem.",
				name,
			);
		case "hangs":
			return t(
				"{0} could not be read to its end, because nothing arrived for a minute. Everything before was imported. Copy the file to this machine, and import the copy.",
				name,
			);
		case "nonsense":
			return t(
				"{0} could not be read to its end because of an error in the extension. Everything before was imported. See the log for details.",
				name,
			);
		default:
			return assertNever(reason);
	}
}

function describeChatProblem(problem: ChatProblem, { brokenMessages }: Omissions): string {
	switch (problem) {
		case "wrongShape":
			return t("its structure is unknown.");
		case "empty":
			return brokenMessages > 0
				? plural(
						brokenMessages,
						"it contains only {0} unreadable message.",
						"it contains only {0} unreadable messages.",
					)
				: t("it has no messages.");
		default:
			return assertNever(problem);
	}
}

/** Returns what was not imported, by kind: "2 images, 1 file, and 3 tool messages". */
function describeOmissions(omissions: Omissions): string {
	return formatList(
		omissionKinds
			.filter((kind) => kind !== "movedMessages")
			.filter((kind) => omissions[kind] > 0)
			.map((kind) => describeOmission(kind, omissions[kind])),
	);
}

function describeOmission(kind: Exclude<OmissionKind, "movedMessages">, count: number): string {
	switch (kind) {
		case "brokenMessages":
			return plural(count, "{0} unreadable message", "{0} unreadable messages");
		case "excessMessages":
			return plural(
				count,
				"{0} message beyond the limit of a chat",
				"{0} messages beyond the limit of a chat",
			);
		case "longTexts":
			return plural(count, "the end of {0} long text", "the ends of {0} long texts");
		case "images":
			return plural(count, "{0} image", "{0} images");
		case "files":
			return plural(count, "{0} file", "{0} files");
		case "recordings":
			return plural(count, "{0} recording", "{0} recordings");
		case "citations":
			return plural(count, "{0} citation", "{0} citations");
		case "toolMessages":
			return plural(count, "{0} tool message", "{0} tool messages");
		case "systemMessages":
			return plural(count, "{0} system message", "{0} system messages");
		case "otherParts":
			return plural(count, "{0} part of unknown kind", "{0} parts of unknown kind");
		default:
			return assertNever(kind);
	}
}
