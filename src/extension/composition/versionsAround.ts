import { version, type ExtensionContext } from "vscode";
import type { CrashSurroundings } from "../reports/keepCrash";

/** @returns what the model's process runs in, as reports name it. */
export function versionsAround(context: ExtensionContext): CrashSurroundings {
	const { version: extension } = context.extension.packageJSON as { readonly version: string };
	return { extension, vsCode: version, system: `${process.platform} ${process.arch}` };
}
