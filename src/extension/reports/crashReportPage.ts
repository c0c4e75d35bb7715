import { describeCrashReport } from "./describeCrashReport";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { keptReports, readCrashReport } from "./crashReports";

/** @returns the report as Markdown, or why it is not there. */
export async function crashReportPage(folder: string, id: string): Promise<string> {
	const report = await readCrashReport(folder, id);
	return report
		? withoutSecrets(describeCrashReport(report))
		: `This crash report is not kept: it could not be written, or it is older than the newest ${keptReports}.\n`;
}
