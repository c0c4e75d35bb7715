import type { CrashReport, EngineCrash } from "../../protocol/inference/crashReport";
import { privateNames } from "./privateNames";
import { withoutNames } from "./withoutNames";
import { saveCrashReport } from "./crashReports";
import { maskedLines } from "./maskedLines";

/** The versions around the engine's own. */
export type CrashSurroundings = Omit<CrashReport["versions"], "engine">;

/**
 * Keeps what is known of a crash, for a person to read and to pass on: without paths, without names of the person and
 * of the machine, and without words of the conversation, which are `texts`.
 */
export async function keepCrash(
	folder: string,
	{ versions: engine, model, lastLines, ...crash }: EngineCrash,
	texts: readonly string[],
	surroundings: CrashSurroundings,
): Promise<void> {
	const names = privateNames();
	const clean = (text: string): string => withoutNames(text, names);
	// As one text, since a key has several lines; and before words are masked, since names of what is secret may be.
	const lines = clean(lastLines.join("\n")).split("\n").filter(Boolean);
	await saveCrashReport(folder, {
		version: 1,
		...crash,
		model: model && {
			...model,
			name: clean(model.name),
			device: clean(model.device),
			deviceReason: clean(model.deviceReason),
		},
		lastLines: maskedLines(lines, texts),
		versions: { ...surroundings, engine },
	});
}
