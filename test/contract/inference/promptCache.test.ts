import assert from "node:assert/strict";
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { clearPromptCache } from "../../../src/extension/inference/clearPromptCache";
import type { LocalModelSettings } from "../../../src/extension/inference/modelSettings";
import type { AnswerStats } from "../../../src/protocol/chat/chat";
import type { Message } from "../../../src/protocol/inference/inference";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { until } from "../../support/until";
import { ask, never, options, Transcript } from "./describeLanguageModel";

const few = { ...options, maxTokens: 30 };
const dragons = ask(`Repeat: ${"purple dragons sing ".repeat(100)}`);
const lamps = ask(`Say ${"seven green lamps shine ".repeat(100)}`);

describe("cached prompts of the real engine", function () {
	this.timeout(120_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let states: string;
	let fixture: LocalModelFixture;
	/** What the model answers when it evaluates everything. */
	let plain: string;

	before(async () => {
		const { languageModel } = createLocalLanguageModel(inferenceModule);
		await languageModel.prepare(never);
		const heard = new Transcript();
		await languageModel.generate(dragons, few, heard, never);
		plain = heard.text("reply");
		await languageModel.unload();
	});
	beforeEach(async () => {
		folder = await temporaryFolder();
		states = path.join(folder.path, "states");
		await start();
	});
	afterEach(async () => {
		await fixture.languageModel.unload();
		await folder.remove();
	});

	async function start(settings: Partial<LocalModelSettings> = {}): Promise<void> {
		fixture = createLocalLanguageModel(inferenceModule, settings, {
			promptCacheFolder: states,
			// How fast this machine is decides nothing here.
			leastCacheGainMs: 0,
		});
		await fixture.languageModel.prepare(never);
	}

	async function restart(settings: Partial<LocalModelSettings> = {}): Promise<void> {
		await fixture.languageModel.unload();
		await start(settings);
	}

	async function answer(
		messages: readonly Message[],
	): Promise<{ readonly text: string; readonly stats: AnswerStats }> {
		const heard = new Transcript();
		const { stats } = await fixture.languageModel.generate(messages, few, heard, never);
		assert.ok(stats);
		return { text: heard.text("reply"), stats };
	}

	/** Asks about the dragons, in which everything must be evaluated, and what comes must be as ever. */
	async function answersAnew(): Promise<void> {
		const { text, stats } = await answer(dragons);
		assert.equal(text, plain);
		assert.ok(stats.evaluatedTokens > stats.promptTokens / 2, `${stats.evaluatedTokens} evaluated`);
		assert.deepEqual(fixture.crashes, []);
	}

	async function names(ending: string): Promise<string[]> {
		const all = await readdir(states).catch(() => []);
		return all.filter((name) => name.endsWith(ending));
	}

	async function onlyFile(ending: string): Promise<string> {
		const [name, ...more] = await names(ending);
		assert.ok(name);
		assert.deepEqual(more, []);
		return path.join(states, name);
	}

	it("resume the first of two conversations after the other", async () => {
		const first = await answer(dragons);
		await answer(lamps);
		const next: Message[] = [
			...dragons,
			{ role: "assistant", text: first.text },
			{ role: "user", text: "Who are you?" },
		];
		const { stats } = await answer(next);
		assert.ok(stats.promptTokens > 300, `prompt of ${stats.promptTokens} tokens`);
		assert.ok(stats.evaluatedTokens < 40, `${stats.evaluatedTokens} tokens were evaluated`);
		assert.equal((await answer(lamps)).stats.evaluatedTokens, 1);
	});

	it("serve preloading in another conversation, and what it displaces is not lost", async () => {
		const { text } = await answer(dragons);
		await answer(lamps);
		const written: Message[] = [
			...dragons,
			{ role: "assistant", text },
			{ role: "user", text: "Who are" },
		];
		const read = await fixture.languageModel.preload(written, few, never);
		assert.ok(read && read.heldTokens > 300, `${read?.heldTokens ?? 0} tokens are held`);
		assert.ok(read.evaluatedTokens < 40, `${read.evaluatedTokens} tokens were evaluated`);
		assert.equal((await answer(lamps)).stats.evaluatedTokens, 1);
	});

	it("go on after the process was ended, and answer as if it had not been", async () => {
		assert.equal((await answer(dragons)).text, plain);
		await restart();
		const { text, stats } = await answer(dragons);
		assert.equal(stats.evaluatedTokens, 1);
		assert.equal(text, plain);
		assert.match(fixture.log.lines.join("\n"), /loaded the state/);
	});

	it("go on after the process was killed, once it had a moment of rest", async () => {
		await answer(dragons);
		await until("a state is saved", async () => (await names(".json")).length === 1);
		fixture.kill();
		await until("the process is gone", () => fixture.languageModel.processId === undefined);
		await fixture.languageModel.prepare(never);
		const { text, stats } = await answer(dragons);
		assert.equal(text, plain);
		assert.equal(stats.evaluatedTokens, 1);
	});

	it("hold no text, but tokens and numbers", async () => {
		await answer(dragons);
		await fixture.languageModel.unload();
		assert.ok(!(await readFile(await onlyFile(".json"), "utf8")).includes("dragons"));
	});

	it("are not kept where the setting is 0, and those that there are leave", async () => {
		await answer(dragons);
		await restart({ stateCacheMegabytes: 0 });
		assert.deepEqual(await names(""), []);
		await answersAnew();
		await fixture.languageModel.unload();
		assert.deepEqual(await names(""), []);
	});

	it("are neither used nor saved of what was evaluated before a conversation was deleted", async () => {
		await answer(dragons);
		await clearPromptCache(states, fixture.log);
		await restart();
		assert.deepEqual(await names(""), ["forgotten"]);
		await answersAnew();
		await restart();
		assert.equal((await answer(dragons)).stats.evaluatedTokens, 1);
	});

	it("contain only the conversation before a message that was preloaded and not sent", async () => {
		const { text, stats } = await answer(dragons);
		const next: Message[] = [...dragons, { role: "assistant", text }];
		const draft = "seven green lamps shine ".repeat(60);
		const read = await fixture.languageModel.preload(
			[...next, { role: "user", text: draft }],
			few,
			never,
		);
		assert.ok(read && read.evaluatedTokens > 200, JSON.stringify(read));
		await restart();
		const header = JSON.parse(await readFile(await onlyFile(".json"), "utf8")) as {
			readonly tokens: readonly number[];
		};
		const sentTokens = stats.promptTokens + stats.answerTokens;
		assert.ok(header.tokens.length <= sentTokens, `${header.tokens.length} tokens were saved`);
		assert.ok(header.tokens.length >= sentTokens - 2);
		const other = await answer([...next, { role: "user", text: "Who are you?" }]);
		assert.ok(other.stats.evaluatedTokens < 40);
	});

	it("are loaded for a message that is preloaded", async () => {
		const { text } = await answer(dragons);
		await restart();
		const read = await fixture.languageModel.preload(
			[...dragons, { role: "assistant", text }, { role: "user", text: "Who are you" }],
			few,
			never,
		);
		assert.ok(read && read.heldTokens > 300 && read.evaluatedTokens < 40, JSON.stringify(read));
	});

	describe("are never used, and the answer is as ever,", () => {
		const damages: Record<string, (state: Buffer) => Buffer> = {
			"with a bit flipped in the middle": (state) => {
				const middle = Math.floor(state.length / 2);
				state.writeUInt8(state.readUInt8(middle) ^ 16, middle);
				return state;
			},
			"with a bit flipped in llama.cpp's header": (state) => {
				state.writeUInt8(state.readUInt8(9) ^ 16, 9);
				return state;
			},
			"cut off": (state) => state.subarray(0, Math.floor(state.length / 3)),
			empty: () => Buffer.alloc(0),
		};
		for (const [how, damage] of Object.entries(damages)) {
			it(how, async () => {
				await answer(dragons);
				await fixture.languageModel.unload();
				const file = await onlyFile(".state");
				await writeFile(file, damage(await readFile(file)));
				await start();
				await answersAnew();
				assert.match(fixture.log.lines.join("\n"), /it is damaged/);
			});
		}

		it("of a version of the format that this one does not know", async () => {
			await answer(dragons);
			await fixture.languageModel.unload();
			const file = await onlyFile(".json");
			const text = await readFile(file, "utf8");
			await writeFile(file, text.replace('"version":1', '"version":2'));
			await start();
			await answersAnew();
		});

		it("of another model", async () => {
			await answer(dragons);
			const other = path.join(folder.path, "other.gguf");
			await cp(demoModel, other);
			await restart({ model: other });
			await answersAnew();
		});

		it("of a context of another size", async () => {
			await answer(dragons);
			await restart({ contextTokens: 2048 });
			await answersAnew();
		});

		it("that were being loaded when a process died", async () => {
			await answer(dragons);
			await fixture.languageModel.unload();
			const file = await onlyFile(".json");
			// No process has this id: they are smaller everywhere.
			await rename(file, file.replace(".json", ".2147483647.pending"));
			await start();
			assert.deepEqual(await names(""), []);
			await answersAnew();
		});

		it("that llama.cpp refuses, though they are what was saved", async () => {
			await answer(dragons);
			await fixture.languageModel.unload();
			const { sealEntry } = await import("../../../src/inference/promptCache/entryHeader");
			const headerFile = await onlyFile(".json");
			const stateFile = await onlyFile(".state");
			await writeFile(stateFile, "not what llama.cpp writes");
			const header = JSON.parse(await readFile(headerFile, "utf8")) as Parameters<
				typeof sealEntry
			>[0];
			await writeFile(headerFile, JSON.stringify(await sealEntry(header, stateFile)));
			await start();
			await answersAnew();
			assert.match(fixture.log.lines.join("\n"), /could not be loaded/);
		});
	});

	describe("whose checksum is right are dropped before llama.cpp reads them,", () => {
		const cuts: Record<string, (state: Buffer) => Buffer> = {
			"cut in half": (state) => state.subarray(0, Math.floor(state.length / 2)),
			"with four billion cells": (state) => {
				state.writeUInt32LE(0xffffffff, 12 + 4 * state.readUInt32LE(8) + 4);
				return state;
			},
		};
		for (const [how, cut] of Object.entries(cuts)) {
			it(how, async () => {
				await answer(dragons);
				await fixture.languageModel.unload();
				const { sealEntry } = await import("../../../src/inference/promptCache/entryHeader");
				const headerFile = await onlyFile(".json");
				const stateFile = await onlyFile(".state");
				const bad = cut(await readFile(stateFile));
				await writeFile(stateFile, bad);
				const facts = JSON.parse(await readFile(headerFile, "utf8")) as Parameters<
					typeof sealEntry
				>[0];
				const sealed = await sealEntry({ ...facts, bytes: bad.length }, stateFile);
				await writeFile(headerFile, JSON.stringify(sealed));
				await start();
				await answersAnew();
				assert.match(fixture.log.lines.join("\n"), /it has not what it says it has/);
			});
		}
	});

	it("in a folder that cannot be written change nothing but the time", async () => {
		await fixture.languageModel.unload();
		await rm(states, { recursive: true, force: true });
		await writeFile(states, "a file is in the way");
		await start();
		await answersAnew();
		await answer(lamps);
		await answersAnew();
	});
});
