import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { findOllamaModels } from "../../../../src/extension/localModels/ollama";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { RecordedLog } from "../../../support/recordedLog";
import { generousLimits, putFile, putModel, surroundingsIn } from "./stores";

const weights = "application/vnd.ollama.image.model";

describe("findOllamaModels", () => {
	let home: string;
	let store: string;
	let remove: () => Promise<void>;
	const log = new RecordedLog();

	beforeEach(async () => {
		({ path: home, remove } = await temporaryFolder());
		store = path.join(home, ".ollama/models");
		log.lines.length = 0;
	});
	afterEach(() => remove());

	const find = (env: Record<string, string> = {}) =>
		findOllamaModels(surroundingsIn(home, env, "darwin"), generousLimits(log));
	const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
	const blobOf = (letter: string): string =>
		path.join(store, "blobs", `sha256-${letter.repeat(64)}`);

	/** Returns a manifest that names the blob `letter` as weights, next to other layers. */
	function manifestOf(letter: string): object {
		return {
			schemaVersion: 2,
			mediaType: "application/vnd.docker.distribution.manifest.v2+json",
			config: {
				mediaType: "application/vnd.docker.container.image.v1+json",
				digest: digestOf("c"),
			},
			layers: [
				{ mediaType: "application/vnd.ollama.image.license", digest: digestOf("d"), size: 1 },
				{ mediaType: weights, digest: digestOf(letter), size: 999 },
			],
		};
	}

	async function put(name: string, manifest: unknown, folder = "manifests"): Promise<void> {
		await putFile(path.join(store, folder, name), JSON.stringify(manifest));
	}

	it("finds the blob that a manifest names, under Ollama's name for the model", async () => {
		await put("registry.ollama.ai/library/llama3.2/3b", manifestOf("a"));
		await putModel(blobOf("a"), 4321);
		assert.deepEqual(await find(), [
			{
				store: "ollama",
				name: "llama3.2:3b",
				path: blobOf("a"),
				parts: [blobOf("a")],
				fileBytes: 4321,
				quantization: undefined,
			},
		]);
	});

	it("includes the namespace and host in the name unless they are Ollama's own", async () => {
		await putModel(blobOf("a"));
		await put("registry.ollama.ai/mine/tiny/latest", manifestOf("a"));
		await put("hf.co/maker/tiny-GGUF/Q4_K_M", manifestOf("a"));
		const found = await find();
		assert.deepEqual(found.map(({ name, quantization }) => [name, quantization]).sort(), [
			["hf.co/maker/tiny-GGUF:Q4_K_M", "Q4_K_M"],
			["mine/tiny:latest", undefined],
		]);
	});

	it("reads the newer manifest folder of links to blobs, and reports each model once", async () => {
		await putModel(blobOf("a"));
		await putFile(blobOf("b"), JSON.stringify(manifestOf("a")));
		const link = path.join(store, "manifests-v2/registry.ollama.ai/library/tiny/latest");
		await mkdir(path.dirname(link), { recursive: true });
		await symlink(path.relative(path.dirname(link), blobOf("b")), link);
		await put("registry.ollama.ai/library/tiny/latest", manifestOf("a"));
		assert.deepEqual(
			(await find()).map(({ name }) => name),
			["tiny:latest"],
		);
	});

	it("reads manifest lists, with embedded manifests or with digests", async () => {
		await putModel(blobOf("a"));
		await putFile(blobOf("b"), JSON.stringify(manifestOf("a")));
		const mediaType = "application/vnd.ollama.manifest.list.v2+json";
		await put("registry.ollama.ai/library/held/1b", { mediaType, manifests: [manifestOf("a")] });
		await put("registry.ollama.ai/library/named/1b", {
			mediaType,
			manifests: [{ digest: digestOf("b"), runner: "ollama", format: "gguf" }],
		});
		assert.deepEqual((await find()).map(({ name }) => name).sort(), ["held:1b", "named:1b"]);
	});

	it("skips models whose weights are missing or not in GGUF format", async () => {
		await put("registry.ollama.ai/library/gone/1b", manifestOf("e"));
		await put("registry.ollama.ai/library/other/1b", manifestOf("f"));
		await putFile(blobOf("f"), "safetensors, perhaps");
		assert.deepEqual(await find(), []);
		assert.match(log.lines.join("\n"), /gone.*ENOENT/);
	});

	it("skips damaged manifests, and logs each one", async () => {
		await putModel(blobOf("a"));
		await put("registry.ollama.ai/library/good/1b", manifestOf("a"));
		await putFile(path.join(store, "manifests/registry.ollama.ai/library/bad/1b"), "{");
		await put("registry.ollama.ai/library/worse/1b", {
			layers: [{ mediaType: weights, digest: "sha256:../../../etc/passwd" }],
		});
		await putFile(path.join(store, "manifests/stray"), "{}");
		assert.deepEqual(
			(await find()).map(({ name }) => name),
			["good:1b"],
		);
		assert.equal(log.lines.length, 2);
	});

	it("searches the folder that OLLAMA_MODELS names", async () => {
		await put("registry.ollama.ai/library/tiny/1b", manifestOf("a"));
		await putModel(blobOf("a"));
		assert.deepEqual(await find({ OLLAMA_MODELS: path.join(home, "elsewhere") }), []);
		assert.equal((await find({ OLLAMA_MODELS: store })).length, 1);
	});
});
