import type { InitializeHook, ResolveHook } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/*
 * A hook of Node's for modules: what is not found among the extension's own packages is looked for among those that
 * were added. node-llama-cpp finds its binaries by imports with literal names, and by nothing else (3.22).
 */

let addedFrom = "";

/** @param folder that has the added packages in its `node_modules` */
export const initialize: InitializeHook<string> = (folder) => {
	addedFrom = pathToFileURL(path.join(folder, "package.json")).href;
};

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
	try {
		return await nextResolve(specifier, context);
	} catch (error) {
		if (!specifier.startsWith("@node-llama-cpp/")) {
			throw error;
		}
		return nextResolve(specifier, { ...context, parentURL: addedFrom });
	}
};
