import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { LoadedModels } from "../../../src/extension/inference/loadedModels";
import { isNotable } from "../../../src/extension/inference/otherWindows";
import type { SecondCopy } from "../../../src/extension/inference/localLanguageModelParts";
import {
	createLocalLanguageModel,
	scriptedModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { until } from "../../support/until";
import { never } from "./describeLanguageModel";

const model = "/models/scripted.gguf";
const noProcess = 2 ** 30;

describe("a model that another window holds", function () {
	this.timeout(20_000);
	let folder: string;
	let asked: SecondCopy[];
	let agree: boolean;
	let freeBytes: number;
	const windows: LocalModelFixture[] = [];

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), "local-llm-loaded-"));
		asked = [];
		agree = true;
		freeBytes = 5_000_000;
	});
	afterEach(async () => {
		await Promise.all(windows.splice(0).map(({ languageModel }) => languageModel.unload()));
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	});

	function openWindow(name = model): LocalModelFixture {
		const opened = createLocalLanguageModel(
			scriptedModule,
			{ model: name },
			{
				loadedModels: new LoadedModels(folder),
				freeMemory: () => freeBytes,
				confirmSecondCopy: (copy) => {
					asked.push(copy);
					return Promise.resolve(agree);
				},
			},
		);
		windows.push(opened);
		return opened;
	}

	async function announced(): Promise<readonly string[]> {
		return readdir(folder);
	}

	/** Writes what some process might have left. */
	async function leave(file: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
		const entry = {
			processId: process.pid,
			loadedAtMs: Date.now(),
			modelName: "Scripted",
			modelPath: model,
			memoryBytes: 5_000_000,
		};
		await writeFile(path.join(folder, file), JSON.stringify({ ...entry, ...changes }));
	}

	it("is loaded again only after a question that states the needed and the free memory", async () => {
		assert.ok(await openWindow().languageModel.prepare(never));
		assert.deepEqual(asked, []);
		agree = false;
		const second = openWindow();
		assert.equal(await second.languageModel.prepare(never), undefined);
		assert.equal(second.languageModel.status.kind, "unloaded");
		assert.equal(asked.length, 1);
		assert.deepEqual(asked[0], { modelName: "scripted", memoryBytes: 1_000_000, freeBytes });
		agree = true;
		assert.ok(await second.languageModel.prepare(never));
		assert.equal((await announced()).length, 2);
	});

	it("is loaded again without a question if it takes little of the free memory", async () => {
		await openWindow().languageModel.prepare(never);
		freeBytes = 23_000_000;
		assert.ok(await openWindow().languageModel.prepare(never));
		assert.deepEqual(asked, []);
		freeBytes = 9_000_000;
		assert.ok(await openWindow().languageModel.prepare(never));
		assert.equal(asked.length, 1);
	});

	it("counts by what it takes of main memory, and by much of a GPU's", () => {
		const gigabyte = 1e9;
		for (const [ram, gpu, free, notable] of [
			[0.02, 0, 23, false],
			[2, 0, 23, false],
			[3, 0, 23, true],
			[0.3, 0, 2, true],
			[0.1, 0.2, 23, false],
			[0.1, 6, 23, true],
			[0, 0, 0, false],
		] as const) {
			const memoryBytes = (ram + gpu) * gigabyte;
			const entry = { memoryBytes, gpuBytes: gpu * gigabyte };
			assert.equal(isNotable(entry, free * gigabyte), notable, `${ram}, ${gpu} of ${free}`);
		}
	});

	it("is no reason to ask about another model, or about this window's own", async () => {
		const first = openWindow();
		await first.languageModel.prepare(never);
		await openWindow("/models/other.gguf").languageModel.prepare(never);
		first.settings = { ...first.settings, contextTokens: 100 };
		assert.ok(await first.languageModel.prepare(never));
		assert.deepEqual(asked, []);
	});

	it("no longer counts once it is unloaded there", async () => {
		const first = openWindow();
		await first.languageModel.prepare(never);
		await first.languageModel.unload();
		await until("the other windows are told", async () => (await announced()).length === 0);
		await openWindow().languageModel.prepare(never);
		assert.deepEqual(asked, []);
	});

	it("no longer counts once its process was killed", async () => {
		const first = openWindow();
		await first.languageModel.prepare(never);
		const [file] = await announced();
		const left = await readFile(path.join(folder, file!), "utf8");
		first.kill();
		await until("the process is gone", async () => (await announced()).length === 0);
		// As a host leaves it that was killed too.
		await writeFile(path.join(folder, file!), left);
		await openWindow().languageModel.prepare(never);
		assert.deepEqual(asked, []);
		assert.ok(!(await announced()).includes(file!), "what nobody holds is removed");
	});

	it("counts only if its file is valid and its process runs", async () => {
		const startedAtMs = Date.now() - os.uptime() * 1000;
		await leave("1.json", { processId: noProcess });
		await leave("2.json", { loadedAtMs: startedAtMs - 60_000 });
		await leave("3.json", { memoryBytes: "many" });
		await leave("4.json", { modelPath: undefined });
		await writeFile(path.join(folder, "5.json"), "{");
		await leave("notes.txt", {});
		await openWindow().languageModel.prepare(never);
		assert.deepEqual(asked, []);
		assert.ok((await announced()).includes("notes.txt"), "what is not ours stays");
		await leave("6.json", {});
		await openWindow().languageModel.prepare(never);
		assert.equal(asked.length, 1);
	});

	it("is not waited for once the message is stopped", async () => {
		await leave("6.json", {});
		const stop = new AbortController();
		const { languageModel } = createLocalLanguageModel(
			scriptedModule,
			{ model },
			{
				loadedModels: new LoadedModels(folder),
				freeMemory: () => freeBytes,
				confirmSecondCopy: () => {
					stop.abort();
					return new Promise(() => undefined);
				},
			},
		);
		assert.equal(await languageModel.prepare(stop.signal), undefined);
		await languageModel.unload();
	});
});
