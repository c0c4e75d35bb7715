import {
	omissionKinds,
	type ChatProblem,
	type DocumentProblem,
	type OmissionKind,
	type Omissions,
} from "../../protocol/import/chatImport";
import type { StopReason } from "./importStopped";

/** Why a file or a document was not read, or not completely. */
export type FileProblem =
	| DocumentProblem
	/** Reading stopped before the end of the file. */
	| { readonly kind: "stopped"; readonly reason: StopReason };

/** A conversation in a file, and the parts of it that were not imported. */
interface PartlyRead {
	/** The name of its document. */
	readonly name: string;
	readonly title: string;
	readonly omissions: Omissions;
}

/** The largest number of conversations that are listed by name. The rest are only counted. */
const mostNamed = 500;

/** The omissions that make an imported conversation incomplete. */
const losses: readonly OmissionKind[] = ["brokenMessages", "excessMessages", "longTexts"];

/** The outcome of an import. */
export class ImportResult {
	added = 0;
	/** The number of conversations skipped: those that already exist or, when importing copies, those that do not. */
	passed = 0;
	/** The system error that ended the import early. */
	failure: unknown;
	cancelled = false;
	readonly problems: { readonly name: string; readonly problem: FileProblem }[] = [];
	/** Conversations that could not be read. */
	readonly leftOut: (PartlyRead & { readonly problem: ChatProblem })[] = [];
	leftOutCount = 0;
	/** Conversations that were imported in part. */
	readonly incomplete: PartlyRead[] = [];
	incompleteCount = 0;
	/** The omissions of all imported conversations. */
	readonly omissions = Object.fromEntries(omissionKinds.map((kind) => [kind, 0])) as Record<
		OmissionKind,
		number
	>;

	/** Whether everything was imported, except for the kinds of content that never are. */
	get isWhole(): boolean {
		return (
			this.added > 0 &&
			this.problems.length === 0 &&
			this.leftOutCount === 0 &&
			this.failure === undefined &&
			losses.every((kind) => this.omissions[kind] === 0)
		);
	}

	get hasDetails(): boolean {
		return this.problems.length > 0 || this.leftOutCount > 0 || this.incompleteCount > 0;
	}

	leaveOut(name: string, title: string, problem: ChatProblem, omissions: Omissions): void {
		this.leftOutCount += 1;
		if (this.leftOut.length < mostNamed) {
			this.leftOut.push({ name, title, problem, omissions });
		}
	}

	/** Records the omissions of an imported conversation. */
	omit(name: string, title: string, omissions: Omissions): void {
		for (const kind of omissionKinds) {
			this.omissions[kind] += omissions[kind];
		}
		if (omissionKinds.some((kind) => omissions[kind] > 0)) {
			this.incompleteCount += 1;
			if (this.incomplete.length < mostNamed) {
				this.incomplete.push({ name, title, omissions });
			}
		}
	}
}
