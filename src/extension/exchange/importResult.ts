import {
	omissionKinds,
	type ChatProblem,
	type DocumentProblem,
	type OmissionKind,
	type Omissions,
} from "../../protocol/import/chatImport";
import type { StopReason } from "./importStopped";

/** Why a file or a document was not read, or not to its end. */
export type FileProblem =
	| DocumentProblem
	/** Its reading ended too early. */
	| { readonly kind: "stopped"; readonly reason: StopReason };

/** A conversation of a file, and what of it did not come along. */
interface PartlyRead {
	/** Of its document. */
	readonly name: string;
	readonly title: string;
	readonly omissions: Omissions;
}

/** Conversations that are named with what they do not hold; of others, it is only counted. */
const mostNamed = 500;

/** What is told of a conversation that is here, but not as it was. */
const losses: readonly OmissionKind[] = ["brokenMessages", "excessMessages", "longTexts"];

/** What came of an import. */
export class ImportResult {
	added = 0;
	/** Left alone because they are here already or, when copies are imported, because they are not. */
	passed = 0;
	/** What ended it early: an error of the system. */
	failure: unknown;
	cancelled = false;
	readonly problems: { readonly name: string; readonly problem: FileProblem }[] = [];
	/** Conversations that could not be read. */
	readonly leftOut: (PartlyRead & { readonly problem: ChatProblem })[] = [];
	leftOutCount = 0;
	/** Conversations that came along, but not all of them. */
	readonly incomplete: PartlyRead[] = [];
	incompleteCount = 0;
	/** Of all that came along. */
	readonly omissions = Object.fromEntries(omissionKinds.map((kind) => [kind, 0])) as Record<
		OmissionKind,
		number
	>;

	/** Everything that the person had came along, but for what never does. */
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

	/** Keeps what a conversation that comes along does not hold of its file. */
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
