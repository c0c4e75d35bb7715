import { rooms } from "../lint/rooms.mjs";

/** How the table names packages of Node and VS Code. */
const spoken = /** @type {Readonly<Record<string, string>>} */ ({
	node: "Node",
	vscode: "VS Code",
});

/** @returns {string} the table of rooms in ARCHITECTURE.md, as Markdown */
export function roomTable() {
	const rows = rooms.map(({ folder, idea, uses, types = [], packages = [] }) => {
		const allowed = [
			...uses.map((name) => `\`${name}\``),
			...packages.map((name) => spoken[name] ?? name),
			...types.map((name) => `types of \`${name}\``),
		];
		return `| \`src/${folder}\` | ${idea} | ${allowed.join(", ") || "nothing else"} |`;
	});
	return ["| Folder | Idea | May import |", "| --- | --- | --- |", ...rows].join("\n");
}
