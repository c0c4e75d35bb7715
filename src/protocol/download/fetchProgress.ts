/** What a download is doing at the moment. */
export type DownloadActivity =
	| "receiving"
	/** The connection broke; it is retried after a pause. */
	| "reconnecting"
	/** Another window is downloading the same file. */
	| "waiting"
	/** The checksum is being computed. */
	| "verifying";

export interface FetchProgress {
	readonly receivedBytes: number;
	readonly totalBytes: number;
	/** Averaged over the last seconds; 0 while nothing arrives. */
	readonly bytesPerSecond: number;
	readonly activity: DownloadActivity;
}
