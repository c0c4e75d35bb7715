import { assertNever } from "../protocol/assertNever";
import type { FetchProgress } from "../protocol/download/fetchProgress";
import { formatBytes, formatPercent, formatTimeLeft } from "./format";
import { t } from "./localize";

/** Returns the progress of a download: "45% (0.9 GB of 2.0 GB), 12 MB/s, 2 min left" or "Verifying the file… 30%". */
export function describeFetch(progress: FetchProgress): string {
	const { activity, receivedBytes, totalBytes, bytesPerSecond } = progress;
	const percent = formatPercent(totalBytes > 0 ? receivedBytes / totalBytes : 0);
	const received = formatBytes(receivedBytes);
	const total = formatBytes(totalBytes);
	switch (activity) {
		case "receiving":
			return bytesPerSecond > 0
				? t(
						"{0} ({1} of {2}), {3}/s, {4} left",
						percent,
						received,
						total,
						formatBytes(bytesPerSecond),
						formatTimeLeft((totalBytes - receivedBytes) / bytesPerSecond),
					)
				: t("{0} ({1} of {2})", percent, received, total);
		case "reconnecting":
			return t("{0} ({1} of {2}), connection lost, reconnecting…", percent, received, total);
		case "waiting":
			return t("{0} ({1} of {2}), another window is downloading it", percent, received, total);
		case "verifying":
			return t("Verifying the file… {0}", percent);
		default:
			return assertNever(activity);
	}
}
