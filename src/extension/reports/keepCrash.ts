import type { CrashReport, EngineCrash } from "../../protocol/inference/crashReport";
import { privateNames } from "./privateNames";
import { withoutNames } from "./withoutNames";
import { saveCrashReport } from "./crashReports";
import { maskedLines } from "./maskedLines";

/** The versions of everything except the engine. */
export type CrashSurroundings = Omit<CrashReport["versions"], "engine">;

/**
 * Saves a crash report that people can read and share. It contains no paths, no names of the user or the machine, and
 * no words of the conversation.
 *
 * @param texts the texts of the conversation
 */
export async function keepCrash(
	folder: string,
	{ versions: engine, model, lastLines, ...crash }: EngineCrash,
	texts: readonly string[],
	surroundings: CrashSurroundings,
): Promise<void> {
	const names = privateNames();
	const clean = (text: string): string => withoutNames(text, names);
	// Secrets such as private keys span lines, so the lines are cleaned as one text. Masking comes afterwards, because
	// it could mask the names by which secrets are found.
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
