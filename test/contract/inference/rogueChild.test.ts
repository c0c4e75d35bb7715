import assert from "node:assert/strict";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { ForkedProcess } from "../../../src/extension/process/forkedProcess";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { InferenceFailure } from "../../../src/protocol/failure";
import { failureIn } from "../../../src/protocol/failureError";
import {
	EstimateFit,
	Generate,
	GenerateProgress,
	InspectModel,
	LoadModel,
	type Generated,
	type GenerateProgressParams,
} from "../../../src/protocol/inference/inference";
import { LocateModel } from "../../../src/protocol/download/download";
import { RecordedLog } from "../../support/recordedLog";
import { never } from "./describeLanguageModel";

const modulePath = path.join(process.cwd(), "out/test/support/scripted/rogueChild.entry.cjs");

/** Far over what a chunk of output takes, far below what joining all of it again and again takes. */
const stallMs = 1000;
const mebibyte = 2 ** 20;

describe("the output of a child process", function () {
	this.timeout(60_000);

	it("costs neither the loop nor memory when it is one line of 100 MB", async () => {
		const rogue = new Rogue("longLine");
		const { stalledMs, grownBytes } = await rogue.measured(() => rogue.generate());
		assert.ok(stalledMs < stallMs, `the loop stood still for ${stalledMs} ms`);
		assert.ok(grownBytes < 150 * mebibyte, `${grownBytes} bytes more`);
		await rogue.child.stop();
		const line = rogue.child.lastLines.find((each) => each.startsWith("xxx"));
		assert.match(line ?? "", /^x{2000} \[… 99,996,000 characters left out …\] x{2000}$/);
		assert.ok(rogue.child.lastLines.includes("the end"));
	});

	it("costs neither the loop nor the log when it is three million lines", async () => {
		const rogue = new Rogue("manyLines");
		const { stalledMs } = await rogue.measured(() => rogue.generate());
		assert.ok(stalledMs < stallMs, `the loop stood still for ${stalledMs} ms`);
		await rogue.child.stop();
		assert.ok(rogue.log.lines.length < 30_000, `${rogue.log.lines.length} lines`);
		assert.ok(rogue.log.lines.some((line) => /^debug [\d,]+ lines left out/.test(line)));
		assert.equal(rogue.child.lastLines.length, 50);
	});

	it("is dropped where it is no message, and its first answer counts", async () => {
		const rogue = new Rogue("malformedMessages");
		const { ending } = await rogue.generate();
		await rogue.child.stop();
		assert.equal(ending, "complete");
		const warnings = rogue.log.lines.filter((line) => line.startsWith("warn"));
		assert.deepEqual(warnings, [
			"warn rogue process: discarded a message that could not be parsed",
		]);
	});

	it("is dropped where it is no progress of the request", async () => {
		const rogue = new Rogue("malformedProgress");
		await rogue.generate();
		await rogue.child.stop();
		assert.equal(rogue.text, "ac");
		assert.ok(
			rogue.log.lines.some((line) => line.startsWith("warn rogue process: discarded progress")),
		);
	});

	it("is joined where it floods, and none of an answer is lost", async () => {
		const rogue = new Rogue("progressFlood");
		const { stalledMs } = await rogue.measured(() => rogue.generate());
		await rogue.child.stop();
		assert.equal(rogue.text.length, 200_000);
		assert.ok(rogue.heard.length < 5000, `heard ${rogue.heard.length} times`);
		assert.ok(stalledMs < stallMs, `the loop stood still for ${stalledMs} ms`);
	});

	it("is left out of the log where it floods, which says how much", async () => {
		const rogue = new Rogue("logFlood");
		await rogue.generate();
		await rogue.child.stop();
		assert.ok(rogue.log.lines.length < 20_000, `${rogue.log.lines.length} lines`);
		assert.ok(rogue.log.lines.some((line) => /^info [\d,]+ lines left out/.test(line)));
		const longest = Math.max(...rogue.log.lines.map(({ length }) => length));
		assert.ok(longest < 10_000, `a line of ${longest} characters`);
	});

	it("is not waited for in a queue where it answers nothing that was asked", async () => {
		const rogue = new Rogue("strayAnswers");
		const { grownBytes } = await rogue.measured(() => rogue.generate());
		await rogue.child.stop();
		assert.ok(grownBytes < 100 * mebibyte, `${grownBytes} bytes more`);
	});

	const model = { path: "/m.gguf", contextTokens: 0, gpuLayers: "auto", threads: 0 } as const;
	const badAnswers = [
		[Generate, null],
		[Generate, "complete"],
		[Generate, { ending: "constructor" }],
		[Generate, { ending: "complete", stats: { promptTokens: "many" } }],
		[LoadModel, { name: "half a model" }],
		[LoadModel, []],
		[EstimateFit, { kind: "toString" }],
		[EstimateFit, { kind: "cpu", memoryBytes: "all" }],
		[InspectModel, 7],
		[LocateModel, { kind: "local", path: 7 }],
		[LocateModel, { kind: "remote", host: "h", totalBytes: -1 }],
	] as const;
	for (const [type, answer] of badAnswers) {
		it(`fails in words where ${type.method} is answered with ${JSON.stringify(answer)}`, async () => {
			const rogue = new Rogue("answers", JSON.stringify(answer));
			const params = {
				...model,
				messages: [],
				maxTokens: 1,
				temperature: 0,
				uri: "",
				directory: "",
			};
			const request = rogue.child.request(
				type as typeof Generate,
				{ ...params, progressToken: "p" },
				never,
			);
			const failure = await rejection(request);
			await rogue.child.stop();
			assert.equal(failure.kind, "internal");
			const { sentence, details } = describeFailure(failure);
			assert.match(sentence, /went wrong in the extension/);
			assert.match(
				details[0] ?? "",
				new RegExp(`rogue process answered “${type.method}” in a form`),
			);
		});
	}

	const badFailures = [
		null,
		"text",
		[],
		{ kind: 7 },
		{ kind: "haunted" },
		{ kind: "constructor" },
		{ kind: "k".repeat(1_000_000) },
		{ kind: "modelTruncated", path: "/m.gguf" },
		{ kind: "downloadFailed", host: "h", cause: { kind: "haunted" }, detail: "" },
		{ kind: "gpuUnavailable", gpu: "abacus", problem: { kind: "noDriver" } },
		{ kind: "processCrashed", lastLines: "none" },
	];
	for (const data of badFailures) {
		const said = JSON.stringify(data);
		it(`fails in words where a request fails with ${said.slice(0, 60)}`, async () => {
			const rogue = new Rogue(
				"fails",
				said.length < 1000 ? said : `{"kind":"${"k".repeat(90_000)}"}`,
			);
			const failure = await rejection(rogue.generate());
			await rogue.child.stop();
			assert.equal(failure.kind, "internal");
			const { sentence, details } = describeFailure(failure);
			assert.match(sentence, /went wrong in the extension/);
			assert.ok(details.join("").length < 1000);
		});
	}

	it("is cut where a failure has long words", async () => {
		const reason = "r".repeat(100_000);
		const data = { kind: "modelUnreadable", path: "/m.gguf", reason };
		const rogue = new Rogue("fails", JSON.stringify(data));
		const failure = await rejection(rogue.generate());
		await rogue.child.stop();
		assert.equal(failure.kind, "modelUnreadable");
		assert.ok(describeFailure(failure).details.join("").length < 3000);
	});
});

describe("the end of a child process", function () {
	this.timeout(20_000);

	it("is a crash if it closes its channel and keeps running", async () => {
		const rogue = new Rogue("leavesItsChannel");
		const failure = await rejection(rogue.generate());
		assert.equal(failure.kind, "processCrashed");
		assert.equal(rogue.child.hasEnded, true);
	});

	it("is not delayed if another process holds its pipes", async () => {
		const rogue = new Rogue("leavesItsPipes");
		const startedAt = performance.now();
		const failure = await rejection(rogue.generate());
		assert.equal(failure.kind === "processCrashed" && failure.exitCode, 3);
		assert.ok(performance.now() - startedAt < 6000);
	});

	it("is forced if the process does not exit on its own", async () => {
		const rogue = new Rogue("neverEnds");
		await rogue.generate();
		await rogue.child.stop();
		assert.equal(rogue.child.hasEnded, true);
	});
});

/** A process that plays a role, and records what its host receives. */
class Rogue {
	readonly log = new RecordedLog();
	readonly child: ForkedProcess;
	readonly heard: GenerateProgressParams[] = [];

	constructor(...args: readonly string[]) {
		this.child = new ForkedProcess({
			name: "rogue",
			modulePath,
			args,
			log: this.log,
			describeCrash: ({ exitCode, signal, lastLines }) => ({
				kind: "processCrashed",
				exitCode,
				signal,
				lastLines,
				onGpu: false,
				reportId: "r",
				recovery: "none",
			}),
		});
	}

	get text(): string {
		return this.heard.map((each) => (each.kind === "text" ? each.text : "")).join("");
	}

	async generate(): Promise<Generated> {
		const progress = this.child.onDidProgress(GenerateProgress, "p", (value) => {
			this.heard.push(value);
		});
		try {
			const params = { messages: [], maxTokens: 1, temperature: 0, progressToken: "p" };
			return await this.child.request(Generate, params, never);
		} finally {
			progress.dispose();
		}
	}

	/** @returns the longest that the loop stood still meanwhile, and by how much memory grew at most. */
	async measured(
		work: () => Promise<unknown>,
	): Promise<{ readonly stalledMs: number; readonly grownBytes: number }> {
		await setImmediate();
		const delay = monitorEventLoopDelay({ resolution: 5 });
		const before = process.memoryUsage().rss;
		let most = before;
		const looking = setInterval(() => {
			most = Math.max(most, process.memoryUsage().rss);
		}, 20);
		delay.enable();
		await work();
		delay.disable();
		clearInterval(looking);
		return { stalledMs: Math.round(delay.max / 1e6), grownBytes: most - before };
	}
}

async function rejection(work: Promise<unknown>): Promise<InferenceFailure> {
	try {
		await work;
	} catch (error) {
		const failure = failureIn(error);
		assert.ok(failure, String(error));
		return failure;
	}
	assert.fail("it did not fail");
}
