import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import type { LlamaContextSequence, Token } from "node-llama-cpp";
import { ContextCache } from "../../../../src/inference/llama/contextCache";
import { PrefillPacer } from "../../../../src/inference/pace/prefillPacer";
import { StateFolder } from "../../../support/models/stateFolder";

const never = new AbortController().signal;

/** A context that holds tokens, writes them as its state and computes nothing. */
class FakeSequence {
	readonly context = { batchSize: 64, stateSize: 1000 };
	readonly contextSize = 1000;
	contextTokens: Token[] = [];
	readonly needsCheckpoints: boolean;
	/** What was done beside looking, in order. */
	readonly done: string[] = [];

	constructor(needsCheckpoints: boolean) {
		this.needsCheckpoints = needsCheckpoints;
	}

	get nextTokenIndex(): number {
		return this.contextTokens.length;
	}

	adaptStateToTokens(tokens: readonly Token[]): Promise<void> {
		this.contextTokens = [...tokens];
		return Promise.resolve();
	}

	clearHistory(): Promise<void> {
		this.done.push("clear");
		this.contextTokens = [];
		return Promise.resolve();
	}

	takeCheckpoint(): Promise<void> {
		this.done.push("checkpoint");
		return Promise.resolve();
	}

	async saveStateToFile(file: string): Promise<{ fileSize: number }> {
		const text = JSON.stringify(this.contextTokens);
		await writeFile(file, text);
		return { fileSize: text.length };
	}

	async loadStateFromFile(file: string): Promise<void> {
		this.done.push("load");
		this.contextTokens = JSON.parse(await readFile(file, "utf8")) as Token[];
	}
}

function tokens(count: number, from: number): Token[] {
	return Array.from({ length: count }, (_, index) => (from + index) as Token);
}

const talk = tokens(200, 0);
const otherTalk = tokens(200, 5000);
const draft = [...talk, ...tokens(100, 9000)];

describe("the states of a context", () => {
	let folder: StateFolder;
	let sequence: FakeSequence;
	let states: ContextCache;
	beforeEach(async () => {
		folder = await StateFolder.make();
		start();
	});
	afterEach(() => folder.remove());

	/** Begins as a fresh process does, but for that it knows how fast it is. */
	function start({ needsCheckpoints = false, msPerToken = 40 } = {}): void {
		sequence = new FakeSequence(needsCheckpoints);
		const pacer = new PrefillPacer(64);
		pacer.record(64, 64 * msPerToken);
		states = new ContextCache(sequence as unknown as LlamaContextSequence, pacer, {
			store: folder.store(),
			leastGainMs: 1000,
			log: (level, message) => folder.log.push(`${level} ${message}`),
		});
	}

	async function hold(next: readonly Token[], purpose: "answer" | "draft"): Promise<void> {
		await states.changeTo(next, purpose, never);
		sequence.contextTokens = [...next];
	}

	/** @returns the tokens of all states, shortest first. */
	async function saved(): Promise<readonly (readonly number[])[]> {
		const headers = await Promise.all(
			folder.names(".json").map((name) => readFile(folder.file(name), "utf8")),
		);
		return headers
			.map((text) => (JSON.parse(text) as { readonly tokens: readonly number[] }).tokens)
			.sort((a, b) => a.length - b.length);
	}

	it("are saved when another conversation begins, and restored with the first", async () => {
		await hold(talk, "answer");
		await hold(otherTalk, "answer");
		assert.deepEqual(await saved(), [talk]);
		await states.changeTo([...talk, ...tokens(5, 300)], "answer", never);
		assert.deepEqual(sequence.contextTokens, talk);
	});

	it("are not saved if evaluating them takes almost no time", async () => {
		start({ msPerToken: 0.1 });
		await hold(talk, "answer");
		await hold(otherTalk, "answer");
		await states.save("end", never);
		assert.deepEqual(await saved(), []);
	});

	it("are saved before a message is preloaded, since there is no rest afterwards", async () => {
		await hold(talk, "answer");
		await hold(draft, "draft");
		assert.deepEqual(await saved(), [talk]);
		assert.deepEqual(sequence.contextTokens, draft);
	});

	it("never contain an unsent message, however it ends", async () => {
		for (const end of ["rest", "end", "other"] as const) {
			start();
			await hold(talk.slice(0, 20), "answer");
			await hold(draft, "draft");
			if (end === "other") {
				await hold(otherTalk, "answer");
			} else {
				await states.save(end, never);
			}
			assert.deepEqual(await saved(), [], end);
		}
	});

	it("keep a message being typed in the context at rest", async () => {
		await hold(talk, "answer");
		await hold(draft, "draft");
		await states.save("rest", never);
		assert.deepEqual(sequence.contextTokens, draft);
	});

	it("contain a message once it is sent", async () => {
		await hold(draft, "draft");
		await hold([...draft, ...tokens(5, 300)], "answer");
		await states.save("rest", never);
		assert.deepEqual(await saved(), [[...draft, ...tokens(5, 300)]]);
	});

	it("know what was sent of a conversation that was loaded for a draft", async () => {
		await hold(talk, "answer");
		await states.save("end", never);
		start();
		await hold(draft, "draft");
		assert.ok(sequence.done.includes("load"));
		await states.save("end", never);
		assert.deepEqual(await saved(), [talk]);
	});

	it("replace everything in the context, including its checkpoints", async () => {
		start({ needsCheckpoints: true });
		await hold(talk, "answer");
		await hold(otherTalk, "answer");
		await hold([...talk, ...tokens(5, 300)], "answer");
		assert.deepEqual(sequence.done, ["clear", "load", "checkpoint"]);
	});

	it("are skipped if the context cannot be cut to the prompt", async () => {
		start({ needsCheckpoints: true });
		await hold(talk, "answer");
		await hold(otherTalk, "answer");
		await hold(talk.slice(0, 150), "answer");
		assert.deepEqual(sequence.done, []);
	});
});
