import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { freeSpace } from "../../../src/download/file/freeSpace";
import type { DownloadQuestion } from "../../../src/extension/download/modelFetcher";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { ModelFit } from "../../../src/protocol/inference/modelFit";
import { temporaryFolder } from "../../support/temporaryFolder";
import { createModelFetcher, demoModel, networkTo } from "../../support/models/localModelFixture";
import { ModelHub } from "../../support/network/modelHub";
import { skipBecause } from "../../support/skipBecause";
import { failureOf, never } from "../inference/describeLanguageModel";

const repository = "someone/Tiny-Chat-GGUF";
const cpu: ModelFit = { kind: "cpu", memoryBytes: 1 };

describe("an estimate before a download", function () {
	this.timeout(30_000);
	const { TMPDIR } = process.env;
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let hub: ModelHub;
	let models: string;
	let mounted: string[];

	beforeEach(async () => {
		folder = await temporaryFolder();
		models = path.join(folder.path, "models");
		mounted = [];
		hub = await ModelHub.open();
		hub.add(repository, { "tiny-chat.Q8_0.gguf": { content: await readFile(demoModel) } });
	});
	afterEach(async () => {
		if (TMPDIR === undefined) {
			delete process.env.TMPDIR;
		} else {
			process.env.TMPDIR = TMPDIR;
		}
		for (const place of mounted) {
			execFileSync("umount", ["--lazy", place]);
		}
		await hub.close();
		await folder.remove();
	});

	/** @returns what a person was asked, having agreed and seen the file come whole. */
	async function obtain(
		estimateFit: (file: string) => Promise<ModelFit> = () => Promise.resolve(cpu),
	): Promise<DownloadQuestion> {
		const questions: DownloadQuestion[] = [];
		const fetcher = createModelFetcher({
			modelsDirectory: models,
			network: () => networkTo(hub.origin),
			confirmDownload: (question) => {
				questions.push(question);
				return Promise.resolve(true);
			},
		});
		const hooks = { ready: Promise.resolve(), estimateFit, onProgress: () => undefined };
		const file = await fetcher.obtain(`hf:${repository}`, hooks, never);
		assert.ok((await readFile(demoModel)).equals(await readFile(file!)));
		const [question] = questions;
		assert.ok(question && questions.length === 1);
		return question;
	}

	async function mount(context: Mocha.Context, place: string, options: string): Promise<void> {
		await mkdir(place, { recursive: true });
		try {
			execFileSync("mount", ["-t", "tmpfs", "-o", options, "none", place], { stdio: "pipe" });
			mounted.push(place);
		} catch {
			skipBecause(context, "a small file system can be mounted by root on Linux only");
		}
	}

	it("is made beside the models where the temporary folder is missing", async () => {
		process.env.TMPDIR = path.join(folder.path, "absent");
		assert.deepEqual((await obtain()).fit, cpu);
	});

	it("is made beside the models where the temporary folder is a file", async () => {
		process.env.TMPDIR = path.join(folder.path, "file");
		await writeFile(process.env.TMPDIR, "");
		assert.deepEqual((await obtain()).fit, cpu);
	});

	it("is made beside the models where the temporary folder is full", async function () {
		process.env.TMPDIR = path.join(folder.path, "full");
		await mount(this, process.env.TMPDIR, "size=64k");
		assert.deepEqual((await obtain()).fit, cpu);
	});

	it("is made beside the models where the temporary folder is read-only", async function () {
		process.env.TMPDIR = path.join(folder.path, "readOnly");
		await mount(this, process.env.TMPDIR, "size=64k,ro");
		assert.deepEqual((await obtain()).fit, cpu);
	});

	it("is left out where the host fails at it, and where it fails itself", async () => {
		hub.faults.push({ kind: "status", status: 500 });
		assert.equal((await obtain()).fit, undefined);
		await folder.remove();
		hub.faults.push({ kind: "cut", afterBytes: 10 });
		await obtain();
		await folder.remove();
		assert.equal((await obtain(() => Promise.reject(new Error("a bug")))).fit, undefined);
	});

	it("of free space is `null` if the system does not report it", async function () {
		assert.equal(await freeSpace(path.join(folder.path, "absent")), null);
		assert.ok((await freeSpace(folder.path))! > 0);
		if (process.platform !== "linux") {
			skipBecause(this, "only Linux has a folder without figures everywhere");
		}
		assert.equal(await freeSpace("/proc"), null);
	});

	it("of a folder without space or permission names the models folder", async function () {
		await writeFile(models, "");
		const unwritable = await failureOf(obtain());
		assert.deepEqual(unwritable.kind === "downloadFailed" && unwritable.cause, {
			kind: "folderUnwritable",
			directory: models,
		});
		models = path.join(folder.path, "readOnly");
		await mount(this, models, "size=64k,ro");
		const { sentence } = describeFailure(await failureOf(obtain()));
		assert.ok(sentence.startsWith(`${models} is not writable.`), sentence);
		models = path.join(folder.path, "full");
		await mount(this, models, "size=64k");
		const full = await failureOf(obtain());
		assert.ok(full.kind === "downloadFailed" && full.cause.kind === "diskFull");
		assert.equal(full.cause.directory, models);
		assert.equal(full.cause.freeBytes, 65_536);
	});
});
