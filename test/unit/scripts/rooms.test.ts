import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { roomTable } from "../../../scripts/lib/roomTable.mjs";
import { noCycle } from "../../../scripts/lint/noCycle.mjs";
import { roomImports, roomOf } from "../../../scripts/lint/roomImports.mjs";
import { rooms, type Room } from "../../../scripts/lint/rooms.mjs";

const sources = new Linter({ cwd: process.cwd() });

/** Returns the messages of the rules about a file with this code. */
function messages(linter: Linter, file: string, code: string): string[] {
	return linter
		.verify(
			code,
			{
				files: ["**/*.ts"],
				languageOptions: { parser: tseslint.parser },
				plugins: { rooms: { rules: { imports: roomImports, "no-cycle": noCycle } } },
				rules: { "rooms/imports": "error", "rooms/no-cycle": "error" },
			},
			{ filename: file },
		)
		.map(({ message }) => message);
}

function pathBetween(from: Room, to: Room): string {
	return `${"../".repeat(from.folder.split("/").length)}${to.folder}/someFile`;
}

describe("the rooms of the source", () => {
	for (const room of rooms) {
		it(`src/${room.folder} may import what the table lists, and nothing else`, () => {
			const file = path.resolve("src", room.folder, "anyFile.ts");
			for (const other of rooms.filter(({ folder }) => folder !== room.folder)) {
				const value = `import { a } from "${pathBetween(room, other)}"; a();`;
				const type = value.replace("{ a }", "type { a }").replace(" a();", "");
				const mayUse = room.uses.includes(other.folder);
				const mayUseTypes = mayUse || (room.types ?? []).includes(other.folder);
				assert.equal(messages(sources, file, value).length, mayUse ? 0 : 1, value);
				assert.equal(messages(sources, file, type).length, mayUseTypes ? 0 : 1, type);
				assert.equal(
					messages(sources, file, value.replace("import {", "export {")).length,
					mayUse ? 0 : 1,
				);
			}
			assert.deepEqual(messages(sources, file, 'await import("left-pad");'), [
				`${room.folder} may not import left-pad: see the table of rooms in ARCHITECTURE.md.`,
			]);
			const mayUseNode = room.packages?.includes("node") === true;
			assert.equal(messages(sources, file, 'import "node:fs";').length, mayUseNode ? 0 : 1);
		});
	}

	it("match the table in ARCHITECTURE.md", () => {
		// Prettier pads the columns.
		const plain = (text: string): string => text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
		const table = plain(roomTable());
		assert.ok(plain(readFileSync("ARCHITECTURE.md", "utf8")).includes(table), table);
	});

	it("contain every file, with at most 20 files per folder", () => {
		const entries = readdirSync("src", { recursive: true, withFileTypes: true });
		const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("tsconfig"));
		const perFolder = new Map<string, number>();
		for (const { parentPath, name } of files) {
			const folder = path.relative("src", parentPath).replaceAll(path.sep, "/");
			assert.ok(roomOf(`${folder}/${name}`), `${folder}/${name}`);
			perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1);
		}
		assert.deepEqual(
			[...perFolder].filter(([, count]) => count > 20),
			[],
		);
		const loose = files.filter(
			({ parentPath }) => path.relative("src", parentPath) === "extension",
		);
		assert.deepEqual(
			loose.map(({ name }) => name),
			["extension.ts"],
		);
	});

	it("refuse import cycles, including type-only ones", async () => {
		const top = await mkdtemp(path.join(tmpdir(), "rooms-"));
		const folder = path.join(top, "src/protocol");
		await mkdir(folder, { recursive: true });
		try {
			const code = (other: string): string =>
				`import type { T } from "./${other}"; export type U = T;`;
			await writeFile(path.join(folder, "first.ts"), code("second"));
			await writeFile(path.join(folder, "second.ts"), code("third"));
			await writeFile(path.join(folder, "third.ts"), code("first"));
			await writeFile(path.join(folder, "outside.ts"), code("first"));
			const found = (name: string): string[] =>
				messages(new Linter({ cwd: top }), path.join(folder, name), code("unused"));
			assert.match(found("first.ts").join(), /first\.ts → second\.ts → third\.ts → first\.ts/);
			assert.deepEqual(found("outside.ts"), []);
		} finally {
			await rm(top, { recursive: true });
		}
	});
});
