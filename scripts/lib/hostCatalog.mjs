import path from "node:path";
import { root } from "./paths.mjs";

const catalog = path.join(root, "src/wording/catalog");
const ofHost = path.join(root, "src/extension/ui/hostCatalog.ts");

/**
 * Has the sentences of a bundle of the host translated by VS Code, which shares one translation among all bundles.
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
