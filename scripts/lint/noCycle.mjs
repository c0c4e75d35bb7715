import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The imports of each file from our own code, types included, as absolute paths. Read once per run. */
/** @type {Map<string, readonly string[]>} */
const importsOf = new Map();

/** @param {string} file @returns {readonly string[]} the TypeScript files that `file` imports, directly */
function imported(file) {
	let targets = importsOf.get(file);
	if (!targets) {
		const { importedFiles } = ts.preProcessFile(readOrEmpty(file), true, true);
		targets = importedFiles
			.filter(({ fileName }) => fileName.startsWith("."))
			.map(({ fileName }) => `${path.resolve(path.dirname(file), fileName)}.ts`);
		importsOf.set(file, targets);
	}
	return targets;
}

/** @param {string} file @returns {string} */
function readOrEmpty(file) {
	try {
		return readFileSync(file, "utf8");
	} catch {
		// JSON, or a file that the compiler reports as missing.
		return "";
	}
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {readonly string[] | undefined} the shortest path of imports from one file to another
 */
function wayTo(from, to) {
	/** @type {Map<string, string | undefined>} */
	const cameFrom = new Map([[from, undefined]]);
	for (const file of cameFrom.keys()) {
		if (file === to) {
			const way = [];
			for (let at = /** @type {string | undefined} */ (file); at; at = cameFrom.get(at)) {
				way.unshift(path.basename(at));
			}
			return way;
		}
		for (const next of imported(file)) {
			if (!cameFrom.has(next)) {
				cameFrom.set(next, file);
			}
		}
	}
	return undefined;
}

/**
 * Refuses import cycles, including type-only imports, which `import-x/no-cycle` skips.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const noCycle = {
	meta: {
		type: "problem",
		schema: [],
		messages: { cycle: "Import cycle: {{way}}. Move the shared code to a separate file." },
	},
	create(context) {
		const file = context.filename;
		return {
			Program(node) {
				for (const target of imported(file)) {
					const way = wayTo(target, file);
					if (way) {
						context.report({
							node,
							messageId: "cycle",
							data: { way: [path.basename(file), ...way].join(" → ") },
						});
					}
				}
			},
		};
	},
};
