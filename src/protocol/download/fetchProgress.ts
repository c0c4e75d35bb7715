/** What is being done for a download at the moment. */
export type DownloadActivity =
	| "receiving"
	/** The connection broke; it is tried again after a pause. */
	| "reconnecting"
	/** Another window downloads the same file. */
	| "waiting"
	/** The checksum is being computed. */
	| "verifying";

export interface FetchProgress {
	readonly receivedBytes: number;
	readonly totalBytes: number;
	/** Over the last seconds; 0 while nothing comes. */
	readonly bytesPerSecond: number;
	readonly activity: DownloadActivity;
}
