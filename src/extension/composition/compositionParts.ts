import type { ExtensionContext } from "vscode";
import type { Log } from "../base/log";
import type { RunAction } from "../base/runAction";

/** The values that activation passes to the composition. */
export interface CompositionParts {
	readonly context: ExtensionContext;
	readonly log: Log;
	readonly run: RunAction;
	readonly showLog: () => void;
}
