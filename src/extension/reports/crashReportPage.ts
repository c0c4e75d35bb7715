import { describeCrashReport } from "./describeCrashReport";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { keptReports, readCrashReport } from "./crashReports";
import { plural } from "../../wording/localize";

/** Returns the report as Markdown, or why it does not exist. */
export async function crashReportPage(folder: string, id: string): Promise<string> {
	const report = await readCrashReport(folder, id);
	return report
		? withoutSecrets(describeCrashReport(report))
		: `${plural(
				keptReports,
				"This crash report does not exist. Either it could not be written, or it is older than the newest {0} report.",
				"This crash report does not exist. Either it could not be written, or it is older than the newest {0} reports.",
			)}\n`;
}
