import { existsSync } from "node:fs";
import { register } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

let registered = false;

/** Makes imports find the packages that were added to the engine in `folder`, if any. */
export function useAddedPackages(folder: string): void {
	if (!registered && existsSync(path.join(folder, "node_modules"))) {
		registered = true;
		register("./packageHook.mjs", { parentURL: pathToFileURL(__filename).href, data: folder });
	}
}
