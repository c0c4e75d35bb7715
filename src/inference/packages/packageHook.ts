import type { InitializeHook, ResolveHook } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/*
 * A Node module hook that looks in the added packages for what is missing from the extension's own. node-llama-cpp
 * finds its binaries only through imports with literal names (3.22).
 */

let addedFrom = "";

/** @param folder has the added packages in its `node_modules` */
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
