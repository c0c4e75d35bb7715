import path from "node:path";
import { root } from "./paths.mjs";

const rooms = path.join(root, "src");

/**
 * Has the sentences of a bundle of the host translated by VS Code, which shares one translation among all bundles.
 *
 * @type {import("esbuild").Plugin}
 */
export const hostCatalog = {
	name: "host catalog",
	setup(build) {
		build.onResolve({ filter: /^\.\/catalog$/ }, ({ resolveDir }) =>
			resolveDir === path.join(rooms, "wording")
				? { path: path.join(rooms, "extension/ui/hostCatalog.ts") }
				: undefined,
		);
	},
};
