import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { LoadedModels } from "../../../src/extension/inference/loadedModels";
import type { LocalLanguageModelParts } from "../../../src/extension/inference/localLanguageModelParts";
import { restartLimit } from "../../../src/extension/inference/restart/restartPolicy";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { InferenceFailure } from "../../../src/protocol/failure";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	scriptedModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { ManualClock } from "../../support/manualClock";
import { nextLoadFile, type NextLoad } from "../../support/scripted/scriptedDevices";
import { until } from "../../support/until";
import { ask, failureOf, never, options, Transcript } from "./describeLanguageModel";

describe("a process that crashed during an answer", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let model: string;
	let clock: ManualClock;
	let fixture: LocalModelFixture;

	function start(parts: Partial<LocalLanguageModelParts> = {}): void {
		clock = new ManualClock();
		fixture = createLocalLanguageModel(scriptedModule, { model }, { clock, ...parts });
	}

	beforeEach(async () => {
		folder = await temporaryFolder();
		model = path.join(folder.path, "again.gguf");
		start();
	});
	afterEach(async () => {
		await fixture.languageModel.unload();
		await folder.remove();
	});

	/** Kills the process during a request. @returns the failure that the caller receives */
	async function crash(): Promise<Extract<InferenceFailure, { kind: "processCrashed" }>> {
		await fixture.languageModel.prepare(never);
		const answer = fixture.languageModel.generate(ask("crash"), options, new Transcript(), never);
		const failure = await failureOf(answer);
		assert.equal(failure.kind, "processCrashed");
		return failure;
	}

	function onNextLoad(what: NextLoad): Promise<void> {
		return writeFile(nextLoadFile(model), what);
	}

	/** How many processes were started so far. */
	function starts(): number {
		return fixture.log.lines.filter((line) => /inference process \d+ started/.test(line)).length;
	}

	const status = (): string => fixture.languageModel.status.kind;

	it("is restarted automatically with the model, without repeating the request that crashed it", async () => {
		const failure = await crash();
		assert.equal(failure.recovery, "restarts");
		await until("the model is back", () => status() === "ready");
		assert.equal(starts(), 2);
		const heard = new Transcript();
		await fixture.languageModel.generate(ask("Hello"), options, heard, never);
		assert.equal(heard.text("reply"), "You said: Hello");
		assert.equal(fixture.crashes.length, 1);
		assert.equal(starts(), 2);
	});

	it("stays down after four restarts in three minutes, until the next request", async () => {
		for (let restarts = 0; restarts < restartLimit.restarts; restarts++) {
			assert.equal((await crash()).recovery, "restarts");
		}
		const last = await crash();
		assert.equal(last.recovery, "gaveUp");
		assert.match(describeFailure(last).sentence, /is not restarted automatically/);
		assert.equal(status(), "failed");
		assert.equal(starts(), restartLimit.restarts + 1);
		assert.equal(fixture.languageModel.processId, undefined);
		assert.ok(await fixture.languageModel.prepare(never));
		assert.equal(starts(), restartLimit.restarts + 2);
		clock.advance(restartLimit.withinMs);
		assert.equal((await crash()).recovery, "restarts");
	});

	it("is not restarted automatically after a load that crashed it", async () => {
		await onNextLoad("dies");
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind === "processCrashed" && failure.recovery, "none");
		assert.equal(status(), "failed");
		assert.equal(starts(), 1);
	});

	it("is not started a third time if the model cannot be reloaded", async () => {
		await fixture.languageModel.prepare(never);
		await onNextLoad("dies");
		await crash();
		await until("the restart has failed", () => status() === "failed" && starts() === 2);
		// Whoever asked meanwhile had that load for theirs.
		assert.equal(fixture.crashes.length, 2);
		await rm(nextLoadFile(model));
		assert.ok(await fixture.languageModel.prepare(never));
		assert.equal(starts(), 3);
	});

	it("makes nobody wait for two loads", async () => {
		await crash();
		assert.ok(await fixture.languageModel.prepare(never));
		assert.equal(starts(), 2);
	});

	it("makes nobody wait for a second load where the first dies", async () => {
		await fixture.languageModel.prepare(never);
		await onNextLoad("dies");
		await crash();
		const failure = await failureOf(fixture.languageModel.prepare(never));
		assert.equal(failure.kind, "processCrashed");
		assert.equal(starts(), 2);
	});

	it("can be stopped while it restarts", async () => {
		await fixture.languageModel.prepare(never);
		await onNextLoad("waits");
		await crash();
		const stop = new AbortController();
		const prepared = fixture.languageModel.prepare(stop.signal);
		await until("the model is being loaded", () => status() === "loading");
		stop.abort();
		assert.equal(await prepared, undefined);
		assert.equal(status(), "unloaded");
	});

	const endings: Record<string, () => Promise<void> | void> = {
		"a change of settings": () => {
			fixture.settings = { ...fixture.settings, contextTokens: 256 };
			fixture.languageModel.settingsChanged();
		},
		"the command to unload": () => fixture.languageModel.unload(),
		"the end of the window": () => {
			fixture.languageModel.dispose();
		},
	};
	for (const [name, end] of Object.entries(endings)) {
		it(`does not restart after ${name}`, async () => {
			await fixture.languageModel.prepare(never);
			await onNextLoad("waits");
			await crash();
			await until("the model is being loaded", () => status() === "loading");
			await end();
			await until("the load has ended", () => status() === "unloaded");
			assert.equal(starts(), 2);
		});
	}

	it("does not restart with a model that the settings no longer name", async () => {
		await fixture.languageModel.prepare(never);
		fixture.settings = { ...fixture.settings, contextTokens: 256 };
		const answer = fixture.languageModel.generate(ask("crash"), options, new Transcript(), never);
		const failure = await failureOf(answer);
		assert.equal(failure.kind === "processCrashed" && failure.recovery, "none");
		assert.equal(starts(), 1);
	});

	it("asks nobody whether there may be a second copy in memory, and leaves it then", async () => {
		const loadedModels = new LoadedModels(path.join(folder.path, randomUUID()));
		let asked = 0;
		start({
			loadedModels,
			confirmSecondCopy: () => {
				asked += 1;
				return Promise.resolve(true);
			},
		});
		await fixture.languageModel.prepare(never);
		await loadedModels.add({
			processId: process.pid,
			loadedAtMs: Date.now(),
			modelName: "Scripted",
			modelPath: model,
			memoryBytes: 2 ** 50,
		});
		await crash();
		await until("the restart has ended", () => status() === "unloaded");
		assert.equal(asked, 0);
		assert.ok(await fixture.languageModel.prepare(never));
		assert.equal(asked, 1);
	});
});
