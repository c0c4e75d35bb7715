import { randomUUID } from "node:crypto";
import fs, { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { readSmallFile } from "../base/openToRead";
import { shownTime } from "../../protocol/schemaParts";
import { crashReportSchema, type CrashReport } from "../../protocol/inference/crashReport";

/** Of one report. */
const largestBytes = 2 ** 22;

/** The newest that are kept; older ones are deleted. */
export const keptReports = 20;

const namePattern = /^(\d{15})-([\w-]+)\.json$/;

/** Writes a report into `folder`, and deletes those that are too many. */
export async function saveCrashReport(folder: string, report: CrashReport): Promise<void> {
	await mkdir(folder, { recursive: true });
	const name = `${String(shownTime(report.atMs)).padStart(15, "0")}-${report.id}.json`;
	// It has its name only when it is whole.
	const part = path.join(folder, `${randomUUID()}.part`);
	await writeFile(part, JSON.stringify(report, undefined, "\t"));
	await rename(part, path.join(folder, name));
	for (const old of (await reportNames(folder)).slice(keptReports)) {
		// One that stays keeps nobody from the others.
		await rm(path.join(folder, old), { force: true }).catch(() => undefined);
	}
}

/** @returns `undefined` where it is not kept, or is none of ours. */
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

/** @returns the id of the newest report; `undefined` if there is none. */
export async function latestCrashReport(folder: string): Promise<string | undefined> {
	const [newest] = await reportNames(folder);
	return newest === undefined ? undefined : idOf(newest);
}

/** @returns the newest first. */
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
