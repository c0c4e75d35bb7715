import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { stableStart } from "../../../src/inference/llama/stableStart";
import type { AnswerStats } from "../../../src/protocol/chat/chat";
import type {
	PromptMessages,
	Message,
	PreloadProgress,
} from "../../../src/protocol/inference/inference";
import type { ModelStatus } from "../../../src/protocol/inference/model";
import { GreedyModel } from "../../support/models/greedyModel";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	scriptedModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { chosenSeed, seededRandom } from "../../support/random";
import { until } from "../../support/until";
import { ask, failureOf, never, options, Transcript } from "./describeLanguageModel";

const seed = chosenSeed();

describe("preloading in a process", function () {
	this.timeout(30_000);
	let fixture: LocalModelFixture;

	beforeEach(() => {
		fixture = createLocalLanguageModel(scriptedModule);
	});
	afterEach(() => fixture.languageModel.unload());

	const readAhead = (question: string, signal = never): Promise<PreloadProgress | undefined> =>
		fixture.languageModel.preload(ask(question), options, signal);

	it("starts no process and loads nothing", async () => {
		assert.equal(await readAhead("Hello"), undefined);
		assert.equal(fixture.languageModel.processId, undefined);
		assert.equal(fixture.languageModel.status.kind, "unloaded");
	});

	it("is not done with a model that the settings no longer name", async () => {
		await fixture.languageModel.prepare(never);
		fixture.settings = { ...fixture.settings, contextTokens: 100 };
		assert.equal(await readAhead("Hello"), undefined);
	});

	it("shows nothing", async () => {
		await fixture.languageModel.prepare(never);
		const seen: ModelStatus[] = [];
		const subscription = fixture.languageModel.onDidChangeStatus((status) => seen.push(status));
		assert.ok(await readAhead("Hello"));
		subscription.dispose();
		assert.deepEqual(seen, []);
	});

	it("is not done while the model answers", async () => {
		await fixture.languageModel.prepare(never);
		const stop = new AbortController();
		const answer = fixture.languageModel.generate(
			ask("slow"),
			options,
			new Transcript(),
			stop.signal,
		);
		assert.equal(await readAhead("Hello"), undefined);
		stop.abort();
		await answer;
		assert.ok(await readAhead("Hello"));
	});

	it("ends for whatever is asked", async () => {
		await fixture.languageModel.prepare(never);
		const read = readAhead("slow");
		const heard = new Transcript();
		await fixture.languageModel.generate(ask("Hello"), options, heard, never);
		assert.equal(await read, undefined);
		assert.equal(heard.text("reply"), "You said: Hello");
	});

	it("ends for the next version of what is read", async () => {
		await fixture.languageModel.prepare(never);
		const read = readAhead("slow");
		assert.ok(await readAhead("Hello"));
		assert.equal(await read, undefined);
	});

	it("ends when it is cancelled, and with the model", async () => {
		await fixture.languageModel.prepare(never);
		const stop = new AbortController();
		const cancelled = readAhead("slow", stop.signal);
		stop.abort();
		assert.equal(await cancelled, undefined);
		const read = readAhead("slow");
		await fixture.languageModel.unload();
		assert.equal(await read, undefined);
	});

	it("does not keep the model in memory", async () => {
		fixture.settings = { ...fixture.settings, unloadAfterMinutes: 0.005 };
		await fixture.languageModel.prepare(never);
		const read = readAhead("slow");
		await until("it is unloaded", () => fixture.languageModel.status.kind === "unloaded");
		assert.equal(await read, undefined);
	});

	it("refuses what cannot fit, as an answer does", async () => {
		await fixture.languageModel.prepare(never);
		assert.equal((await failureOf(readAhead("word ".repeat(600)))).kind, "messageTooLong");
		assert.equal(fixture.languageModel.status.kind, "ready");
	});

	it("is named in the report of a crash, after which nothing restarts automatically", async () => {
		await fixture.languageModel.prepare(never);
		assert.equal((await failureOf(readAhead("crash"))).kind, "processCrashed");
		const [{ crash, texts }] = fixture.crashes as [LocalModelFixture["crashes"][number]];
		assert.equal(crash.phase, "readingAhead");
		assert.equal(crash.recovery, "none");
		assert.equal(crash.request, undefined);
		// What its last lines may hold, and the report may not.
		assert.ok(texts.includes("crash"));
		assert.equal(fixture.languageModel.processId, undefined);
		assert.equal(fixture.languageModel.status.kind, "unloaded");
		assert.ok(await fixture.languageModel.prepare(never));
	});
});

describe(`preloading with the demo model (seed ${seed})`, function () {
	this.timeout(60_000);
	const random = seededRandom(seed);
	const code = Array.from({ length: 60 }, (_, line) => `const name${line} = ${line * 7};`).join(
		"\n",
	);
	const draft = `Code from \`a.ts\`:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nWhat is the value of`;
	const sent = `${draft} name7?`;
	let fixture: LocalModelFixture;

	before(async () => {
		fixture = createLocalLanguageModel(inferenceModule);
		await fixture.languageModel.prepare(never);
	});
	after(() => fixture.languageModel.unload());

	/** Has the context hold a short prompt and nothing else. */
	async function forget(): Promise<void> {
		await answer(ask("Who are you?"));
	}

	async function answer(
		messages: PromptMessages,
	): Promise<{ readonly reply: string; readonly stats: AnswerStats }> {
		const heard = new Transcript();
		const { stats } = await fixture.languageModel.generate(messages, options, heard, never);
		assert.ok(stats);
		return { reply: heard.text("reply"), stats };
	}

	async function readAhead(text: string, signal = never): Promise<PreloadProgress> {
		const read = await fixture.languageModel.preload(ask(text), options, signal);
		assert.ok(read);
		return read;
	}

	it("leaves the last words for the answer to wait for, and changes nothing of it", async () => {
		await forget();
		const cold = await answer(ask(sent));
		assert.ok(cold.stats.evaluatedTokens > 400);
		await forget();
		const read = await readAhead(draft);
		assert.ok(read.evaluatedTokens > 400);
		const warm = await answer(ask(sent));
		assert.equal(warm.stats.evaluatedTokens, warm.stats.promptTokens - read.heldTokens);
		assert.ok(warm.stats.evaluatedTokens < 20, `${warm.stats.evaluatedTokens} tokens were left`);
		assert.equal(warm.reply, cold.reply);
	});

	it("evaluates only what came since, word for word", async () => {
		await forget();
		await readAhead(draft);
		let text = draft;
		for (const word of [" the", " first", " name", " in", " this", " file"]) {
			text += word;
			const { evaluatedTokens } = await readAhead(text);
			assert.ok(evaluatedTokens < 12, `${evaluatedTokens} tokens for “${word}”`);
		}
	});

	it("keeps of a text that changed what is before the change", async () => {
		await forget();
		await readAhead(draft);
		const { evaluatedTokens } = await readAhead(draft.replace("What is", "Tell me"));
		assert.ok(evaluatedTokens < 12, `${evaluatedTokens} tokens were evaluated`);
	});

	it("does not change the answer to another text than was read", async () => {
		await forget();
		const cold = await answer(ask("Count from 3 to 6"));
		await readAhead(draft);
		const { reply, stats } = await answer(ask("Count from 3 to 6"));
		assert.equal(reply, cold.reply);
		assert.ok(stats.evaluatedTokens < stats.promptTokens);
	});

	it("does not change the answer wherever it is broken off", async () => {
		const [system, question] = ask("What is 7 * 8?") as [Message, Message];
		const exchange = [question, { role: "assistant", text: "7 * 8 = 56" }] as const;
		const past = Array.from({ length: 60 }, () => exchange).flat();
		const conversation = (text: string): PromptMessages => {
			return [system, ...past, { role: "user", text }];
		};
		await forget();
		const cold = await answer(conversation("Who are you?"));
		assert.equal(cold.reply, "I am a tiny demo model.");
		await until("it was broken off midway", async () => {
			await forget();
			const stop = new AbortController();
			const written = conversation("Who are you");
			const read = fixture.languageModel.preload(written, options, stop.signal);
			await setTimeout(random() * 500);
			stop.abort();
			await read;
			const { reply, stats } = await answer(conversation("Who are you?"));
			assert.equal(reply, cold.reply);
			return stats.evaluatedTokens > 20 && stats.evaluatedTokens < cold.stats.evaluatedTokens;
		});
	});

	it("reads what stays however the message goes on", async () => {
		const model = await GreedyModel.load(demoModel);
		try {
			const tokensOf = (messages: PromptMessages) => model.promptTokens(messages);
			const pieces = [
				...Array.from("abcXYZ019 .,;:!?'\"()[]{}<>/=-_#`\t\n"),
				...["  ", "\n\n", " the", "é", "漢", "🙂"],
			];
			const text = (length: number): string =>
				Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join("");
			for (let round = 0; round < 300; round += 1) {
				const written = text(Math.floor(random() * 40));
				const start = stableStart(ask(written), tokensOf);
				const later = tokensOf(ask(written + text(Math.floor(random() * 20))));
				assert.deepEqual(later.slice(0, start.length), start, JSON.stringify(written));
			}
		} finally {
			await model.dispose();
		}
	});
});
