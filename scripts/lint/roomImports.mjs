import path from "node:path";
import { rooms } from "./rooms.mjs";

/** @typedef {import("./rooms.mjs").Room} Room */

/** @param {string} file relative to `src`, with slashes @returns {Room | undefined} the room of the file */
export function roomOf(file) {
	return rooms
		.filter(({ folder }) => file.startsWith(`${folder}/`))
		.sort((a, b) => b.folder.length - a.folder.length)[0];
}

/**
 * @param {Room} room
 * @param {string} name of another room or a package
 * @param {boolean} isType whether only types are imported
 * @returns {boolean} whether the room may import it
 */
function mayImport({ uses, types = [], packages = [] }, name, isType) {
	return uses.includes(name) || packages.includes(name) || (isType && types.includes(name));
}

/** @param {string} specifier of a package @returns {string} "node", "vscode", "@huggingface/hub" */
function packageOf(specifier) {
	const [first = "", second] = specifier.split("/");
	return first.startsWith("node:") ? "node" : first.startsWith("@") ? `${first}/${second}` : first;
}

/**
 * @param {unknown} node an import or export from TypeScript's parser
 * @returns {boolean} whether it contains only types
 */
function isTypeOnly(node) {
	const {
		importKind,
		exportKind,
		specifiers = [],
	} = /** @type {{ importKind?: string, exportKind?: string, specifiers?: { importKind?: string }[] }} */ (
		node
	);
	return (
		importKind === "type" ||
		exportKind === "type" ||
		(specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === "type"))
	);
}

/**
 * Refuses imports that the table of rooms in ARCHITECTURE.md does not allow.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const roomImports = {
	meta: {
		type: "problem",
		schema: [],
		messages: {
			noRoom: "{{file}} belongs to no room: add its folder to scripts/lint/rooms.mjs.",
			forbidden: "{{room}} may not import {{what}}: see the table of rooms in ARCHITECTURE.md.",
			typesOnly: "{{room}} may import only types from {{what}}.",
		},
	},
	create(context) {
		const source = path.join(context.cwd, "src");
		const file = path.relative(source, context.filename).replaceAll(path.sep, "/");
		const room = roomOf(file);
		/**
		 * @param {import("estree").Node} node
		 * @param {unknown} specifier
		 * @param {boolean} isType
		 */
		const check = (node, specifier, isType) => {
			if (typeof specifier !== "string" || !room) {
				return;
			}
			const target = specifier.startsWith(".")
				? roomOf(path.posix.join(path.posix.dirname(file), specifier))
				: undefined;
			const what = specifier.startsWith(".") ? (target?.folder ?? specifier) : packageOf(specifier);
			if (target === room || mayImport(room, what, isType)) {
				return;
			}
			const messageId = mayImport(room, what, true) ? "typesOnly" : "forbidden";
			context.report({ node, messageId, data: { room: room.folder, what } });
		};
		return {
			Program(node) {
				if (!room) {
					context.report({ node, messageId: "noRoom", data: { file } });
				}
			},
			ImportDeclaration(node) {
				check(node, node.source.value, isTypeOnly(node));
			},
			ExportNamedDeclaration(node) {
				check(node, node.source?.value, isTypeOnly(node));
			},
			ExportAllDeclaration(node) {
				check(node, node.source.value, isTypeOnly(node));
			},
			ImportExpression(node) {
				check(node, "value" in node.source ? node.source.value : undefined, false);
			},
		};
	},
};
