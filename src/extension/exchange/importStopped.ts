/** Why the reading of a file ended too early. */
export type StopReason =
	/** The import process ended: it ran out of memory, or was killed. */
	| "ended"
	/** The import process has not answered for a minute. */
	| "hangs"
	/** The import process sent something other than pieces. */
	| "nonsense";

/** Reading a file stopped before its end. The pieces that were read before remain valid. */
export class ImportStopped extends Error {
	override readonly name = "ImportStopped";
	readonly reason: StopReason;

	constructor(reason: StopReason) {
		super(reason);
		this.reason = reason;
	}
}
