import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { crashReportPage } from "../../../../src/extension/reports/crashReportPage";
import {
	keptReports,
	latestCrashReport,
	readCrashReport,
} from "../../../../src/extension/reports/crashReports";
import { keepCrash } from "../../../../src/extension/reports/keepCrash";
import type { EngineCrash } from "../../../../src/protocol/inference/crashReport";
import { temporaryFolder } from "../../../support/temporaryFolder";

const surroundings = { extension: "1.2.3", vsCode: "1.106.0", system: "linux x64" };
const crash: EngineCrash = {
	id: "a-b-c",
	atMs: Date.UTC(2026, 0, 2, 3, 4, 5),
	exitCode: null,
	signal: "SIGSEGV",
	uptimeMs: 61_400,
	phase: "decoding",
	request: {
		messages: 3,
		systemCharacters: 28,
		userCharacters: 1234,
		assistantCharacters: 56,
		continuesAnswer: true,
		promptTokens: 345,
		answerTokens: 67,
		maxTokens: 2048,
		temperature: 0.7,
	},
	model: {
		name: "Tiny *Chat*",
		fileBytes: 2_000_000_000,
		architecture: "llama",
		contextTokens: 8192,
		device: "CPU, 1 thread",
		deviceReason: "The setting is “off”",
	},
	lastLines: ["ggml: assertion failed"],
	crashes: 2,
	recovery: "gaveUp",
	versions: { llamaCpp: "b1", nodeLlamaCpp: "3.0.0", node: "22.0.0" },
};

describe("crash reports", () => {
	let folder: string;
	let remove: () => Promise<void>;

	beforeEach(async () => {
		const temporary = await temporaryFolder();
		folder = path.join(temporary.path, "crashReports");
		remove = temporary.remove;
	});
	afterEach(() => remove());

	const keep = (other: Partial<EngineCrash> = {}, texts: readonly string[] = []): Promise<void> =>
		keepCrash(folder, { ...crash, ...other }, texts, surroundings);

	it("are kept and read whatever their time, and whatever else is in their folder", async () => {
		for (let at = 0; at < keptReports + 3; at += 1) {
			await mkdir(path.join(folder, `${String(at).padStart(15, "0")}-old.json`), {
				recursive: true,
			});
		}
		await keep();
		await keep({ id: "d-e-f", atMs: 9e15 });
		assert.equal((await readCrashReport(folder, "a-b-c"))?.id, "a-b-c");
		assert.match(await crashReportPage(folder, "d-e-f"), /Time: 9999-/);
	});

	it("contain the sizes of the request, the end of the process, the device, and the versions", async () => {
		await keep();
		const page = await crashReportPage(folder, "a-b-c");
		for (const line of [
			"Time: 2026-01-02T03:04:05.000Z",
			"The process ended after 61 s: SIGSEGV",
			"Crashes in this window: 2",
			"The process does not restart automatically after four restarts within three minutes.",
			"Writing the answer.",
			"Messages: 3",
			"Characters: 28 of the system prompt, 1,234 of the user, 56 of answers",
			"The request continues the last answer.",
			"Prompt: 345 tokens",
			"Answer: 67 of at most 2,048 tokens",
			"Temperature: 0.7",
			"Tiny \\*Chat\\* (llama, 2.0 GB)",
			"Context: 8,192 tokens",
			"Device: CPU, 1 thread",
			"Local LLM Chatbot 1.2.3",
			"VS Code 1.106.0",
			"System: linux x64",
			"llama.cpp b1",
			"node-llama-cpp 3.0.0",
			"Node 22.0.0",
		]) {
			assert.ok(page.includes(`- ${line}\n`), `${line}\nin\n${page}`);
		}
		assert.ok(page.endsWith("```text\nggml: assertion failed\n```\n"));
	});

	it("describe a crash before any model was loaded or request was sent", async () => {
		const none = { request: undefined, model: undefined, versions: undefined, lastLines: [] };
		await keep({ ...none, phase: "loading", signal: null, exitCode: 127, recovery: "none" });
		const page = await crashReportPage(folder, "a-b-c");
		assert.match(page, /exit code 127/);
		assert.match(page, /- Loading llama\.cpp or the model\.\n/);
		assert.match(page, /- No model was loaded\.\n/);
		assert.match(page, /- llama\.cpp was not loaded yet\.\n/);
		assert.match(page, /The process wrote nothing\.\n$/);
	});

	it("contain no words of the conversation, no paths, and no names, not even on disk", async () => {
		const home = path.basename(os.homedir());
		await keep(
			{
				lastLines: [
					"Error: cannot parse 'My secret Passwort is Xylophon-99' in /srv/models/a.gguf",
					`ggml_backend: out of memory, user ${home}`,
					"the answer so far: Bananenbrot, and then",
				],
			},
			["My secret passwort is xylophon-99, out of memory", "so Bananenbrot"],
		);
		const [file] = await readdir(folder);
		const json = await readFile(path.join(folder, file!), "utf8");
		const page = await crashReportPage(folder, "a-b-c");
		for (const text of [json, page]) {
			assert.doesNotMatch(text, /secret|passwort|xylophon|bananenbrot|\/srv\/models/i);
			assert.match(text, /out of memory/);
			assert.ok(home === "" || !new RegExp(`user ${home}\\b`).test(text));
		}
	});

	it("contain no secrets and no user's folder, whatever a library printed before the crash", async () => {
		await keep(
			{
				lastLines: [
					"request: Authorization: Bearer s3cr3t",
					"GET https://jane:s3cr3t@mirror.example/x?sig=s3cr3t",
					"cannot open C:\\Users\\Jane Doe\\models\\a.gguf",
					"HF_TOKEN=s3cr3t",
					"USERNAME=Jane Doe",
					"-----BEGIN PRIVATE KEY-----",
					"s3cr3t",
					"-----END PRIVATE KEY-----",
					"the password: s3cr3t",
				],
				model: { ...crash.model!, name: "s3cr3t hf_s3cr3tabcdefgh".slice(7) },
			},
			["what is a password, and an authorization"],
		);
		const [file] = await readdir(folder);
		const json = await readFile(path.join(folder, file!), "utf8");
		for (const text of [json, await crashReportPage(folder, "a-b-c")]) {
			assert.doesNotMatch(text, /s3cr3t|jane|doe\b/i);
			assert.match(text, /cannot open \(path\)/);
		}
	});

	it("keep only the newest, in whatever order they are written", async () => {
		for (let number = 0; number < keptReports + 5; number++) {
			await keep({ id: `n${number}`, atMs: 1_000_000 * ((number * 7) % (keptReports + 5)) });
		}
		assert.equal((await readdir(folder)).length, keptReports);
		const newest = await latestCrashReport(folder);
		assert.equal((await readCrashReport(folder, newest!))?.atMs, 1_000_000 * (keptReports + 4));
		assert.match(await crashReportPage(folder, "n0"), /does not exist/);
	});

	it("do not exist before the first crash", async () => {
		assert.equal(await latestCrashReport(folder), undefined);
		assert.match(await crashReportPage(folder, "a"), /does not exist/);
	});

	it("are read only if they are valid", async () => {
		await mkdir(folder);
		const names = ["damaged", "foreign", "newer"];
		const texts = ["{", '{"version":1}', JSON.stringify({ ...crash, version: 2 })];
		for (const [index, name] of names.entries()) {
			await writeFile(path.join(folder, `00000000000000${index}-${name}.json`), texts[index]!);
			assert.equal(await readCrashReport(folder, name), undefined);
		}
		assert.equal(await readCrashReport(folder, "../../package"), undefined);
	});

	it("keep a line that would close their code block inside it", async () => {
		await keep({ lastLines: ["```", "# no title"] });
		assert.match(await crashReportPage(folder, "a-b-c"), /````text\n```\n# no title\n````\n$/);
	});
});
