import path from "node:path";
import { root } from "./paths.mjs";

const catalog = path.join(root, "src/wording/catalog");
const ofHost = path.join(root, "src/extension/ui/hostCatalog.ts");

/**
 * Lets VS Code translate the sentences of a host bundle, so that all bundles share one translation.
 *
 * @type {import("esbuild").Plugin}
 */
export const hostCatalog = {
	name: "host catalog",
	setup(build) {
		build.onResolve({ filter: /\/catalog$/ }, ({ resolveDir, path: imported }) =>
			path.resolve(resolveDir, imported) === catalog ? { path: ofHost } : undefined,
		);
	},
};
