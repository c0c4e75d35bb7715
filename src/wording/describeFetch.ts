import { assertNever } from "../protocol/assertNever";
import type { FetchProgress } from "../protocol/download/fetchProgress";
import { formatBytes, formatPercent, formatTimeLeft } from "./format";

/** @returns how far a download is: "45% (0.9 GB of 2.0 GB), 12 MB/s, 2 min left", "Checking the file… 30%" */
export function describeFetch(progress: FetchProgress): string {
	const { activity, receivedBytes, totalBytes, bytesPerSecond } = progress;
	const percent = formatPercent(totalBytes > 0 ? receivedBytes / totalBytes : 0);
	const amount = `${percent} (${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)})`;
	switch (activity) {
		case "receiving":
			return bytesPerSecond > 0
				? `${amount}, ${formatBytes(bytesPerSecond)}/s, ${formatTimeLeft((totalBytes - receivedBytes) / bytesPerSecond)} left`
				: amount;
		case "reconnecting":
			return `${amount}, the connection broke, trying again…`;
		case "waiting":
			return `${amount}, another window downloads it`;
		case "verifying":
			return `Checking the file… ${percent}`;
		default:
			return assertNever(activity);
	}
}
