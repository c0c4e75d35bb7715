import { version, type ExtensionContext } from "vscode";
import type { CrashSurroundings } from "../reports/keepCrash";

/** Returns the system, and the versions of the extension and VS Code, for crash reports. */
export function versionsAround(context: ExtensionContext): CrashSurroundings {
	const { version: extension } = context.extension.packageJSON as { readonly version: string };
	return { extension, vsCode: version, system: `${process.platform} ${process.arch}` };
}
