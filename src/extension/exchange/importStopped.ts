/** Why the reading of a file ended too early. */
export type StopReason =
	/** The process that reads it ended: it needed too much memory, or was killed. */
	| "ended"
	/** It has not answered for a minute. */
	| "hangs"
	/** It answered with something else than pieces. */
	| "nonsense";

/** The reading of a file ended too early, and what was read before is all there is. */
export class ImportStopped extends Error {
	override readonly name = "ImportStopped";
	readonly reason: StopReason;

	constructor(reason: StopReason) {
		super(reason);
		this.reason = reason;
	}
}
