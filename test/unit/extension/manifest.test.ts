import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import {
	commandIds,
	registerCommands,
	type CommandId,
} from "../../../src/extension/commands/commands";
import { walkthroughSteps } from "../../../src/extension/commands/walkthroughSteps";
import { manifest, manifestSentences, manifestText } from "./manifest";

describe("The manifest", () => {
	it("declares exactly the commands that the code registers", () => {
		const declared = manifest.contributes.commands.map(({ command }) => command);
		assert.deepEqual(declared.toSorted(), commandIds.toSorted());
	});

	it("puts all commands into one category", () => {
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

describe("The walkthrough", () => {
	const [walkthrough] = manifest.contributes.walkthroughs;

	it("has exactly the steps that the code completes, each with its pictures", () => {
		assert.deepEqual(
			walkthrough!.steps.map(({ completionEvents }) => completionEvents),
			walkthroughSteps.map((step) => [`onContext:localLlm.step.${step}`]),
		);
		for (const { media } of walkthrough!.steps) {
			for (const file of Object.values(media.image)) {
				assert.ok(existsSync(file), file);
			}
		}
	});

	it("uses only declared commands in its buttons", () => {
		const named = [...JSON.stringify(manifestSentences).matchAll(/\(command:([\w.]+)\)/g)];
		assert.equal(named.length, walkthroughSteps.length);
		for (const [, command] of named) {
			assert.ok((commandIds as readonly string[]).includes(command!), command);
		}
	});
});

describe("The sentences of the manifest", () => {
	const named = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, name]) => name ?? "");

	it("are all in package.nls.json, which contains no others", () => {
		assert.deepEqual([...new Set(named)].toSorted(), Object.keys(manifestSentences).toSorted());
	});

	it("are nowhere else", () => {
		const bare: string[] = [];
		JSON.parse(manifestText, function (this: unknown, key: string, value: unknown) {
			const isSentence =
				/^(?:displayName|description|title|name|category|markdownDescription)$/.test(key) ||
				(typeof value === "string" && /\p{L}\s\p{L}/u.test(value));
			if (typeof value === "string" && isSentence && !/^%.+%$/.test(value)) {
				bare.push(`${key}: ${value}`);
			}
			return value;
		});
		const technical =
			/^(?:name: local-llm-chatbot|when: .*|default: You are a helpful assistant\.)$/;
		const scripts = Object.entries(
			(JSON.parse(manifestText) as { scripts: Record<string, string> }).scripts,
		).map(([name, script]) => `${name}: ${script}`);
		assert.deepEqual(
			bare.filter((found) => !technical.test(found) && !scripts.includes(found)),
			[],
		);
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
