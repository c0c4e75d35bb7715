import { randomUUID } from "node:crypto";
import fs, { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { readSmallFile } from "../base/openToRead";
import { shownTime } from "../../protocol/schemaParts";
import { crashReportSchema, type CrashReport } from "../../protocol/inference/crashReport";

/** The largest size of a report. */
const largestBytes = 2 ** 22;

/** The number of reports that are kept. Older ones are deleted. */
export const keptReports = 20;

const namePattern = /^(\d{15})-([\w-]+)\.json$/;

/** Writes a report into `folder`, and deletes the oldest ones beyond `keptReports`. */
export async function saveCrashReport(folder: string, report: CrashReport): Promise<void> {
	await mkdir(folder, { recursive: true });
	const name = `${String(shownTime(report.atMs)).padStart(15, "0")}-${report.id}.json`;
	// The file gets its final name only when it is complete.
	const part = path.join(folder, `${randomUUID()}.part`);
	await writeFile(part, JSON.stringify(report, undefined, "\t"));
	await rename(part, path.join(folder, name));
	for (const old of (await reportNames(folder)).slice(keptReports)) {
		// A report that cannot be deleted must not keep the others.
		await rm(path.join(folder, old), { force: true }).catch(() => undefined);
	}
}

/** Returns a report; `undefined` if it does not exist or is not valid. */
export async function readCrashReport(
	folder: string,
	id: string,
): Promise<CrashReport | undefined> {
	const name = (await reportNames(folder)).find((each) => idOf(each) === id);
	if (name === undefined) {
		return undefined;
	}
	try {
		const text = (await readSmallFile(fs, path.join(folder, name), largestBytes)) ?? "";
		const json = JSON.parse(text) as unknown;
		const parsed = v.safeParse(crashReportSchema, json);
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

/** Returns the ID of the newest report; `undefined` if no report exists. */
export async function latestCrashReport(folder: string): Promise<string | undefined> {
	const [newest] = await reportNames(folder);
	return newest === undefined ? undefined : idOf(newest);
}

/** Returns the file names, newest first. */
async function reportNames(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch(() => []);
	return names
		.filter((name) => namePattern.test(name))
		.sort()
		.reverse();
}

function idOf(name: string): string | undefined {
	return namePattern.exec(name)?.[2];
}
