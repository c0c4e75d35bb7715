import assert from "node:assert/strict";
import {
	commandIds,
	registerCommands,
	type CommandId,
} from "../../../src/extension/commands/commands";
import { manifest } from "./manifest";

describe("the manifest", () => {
	it("declares exactly the commands that the code registers", () => {
		const declared = manifest.contributes.commands.map(({ command }) => command);
		assert.deepEqual(declared.toSorted(), commandIds.toSorted());
	});

	it("puts every command into one category", () => {
		const categories = new Set(manifest.contributes.commands.map(({ category }) => category));
		assert.deepEqual([...categories], ["Local LLM"]);
	});

	it("shows only declared commands in menus", () => {
		const ids: readonly string[] = commandIds;
		for (const item of Object.values(manifest.contributes.menus).flat()) {
			assert.ok(ids.includes(item.command), item.command);
		}
	});
});

describe("registerCommands", () => {
	it("registers every command under its own name", async () => {
		const registered = new Map<CommandId, () => Promise<void>>();
		const called: CommandId[] = [];
		registerCommands(
			(id, handler) => {
				registered.set(id, handler);
				return { dispose: () => undefined };
			},
			(id) => {
				called.push(id);
				return Promise.resolve();
			},
		);
		assert.deepEqual([...registered.keys()], [...commandIds]);
		await registered.get("localLlm.stop")!();
		assert.deepEqual(called, ["localLlm.stop"]);
	});
});
