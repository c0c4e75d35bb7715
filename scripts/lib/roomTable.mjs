import { rooms } from "../lint/rooms.mjs";

/** What stands for a package of Node or VS Code in the table. */
const spoken = /** @type {Readonly<Record<string, string>>} */ ({
	node: "Node",
	vscode: "VS Code",
});

/** @returns {string} ARCHITECTURE.md's table of rooms, in Markdown. */
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
