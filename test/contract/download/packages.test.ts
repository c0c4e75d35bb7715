import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { create } from "tar";
import { CudaInstaller } from "../../../src/extension/cuda/cudaInstaller";
import type { FetchProgress } from "../../../src/protocol/download/fetchProgress";
import { temporaryFolder } from "../../support/temporaryFolder";
import {
	createLocalLanguageModel,
	downloadModule,
	inferenceModule,
	networkTo,
} from "../../support/models/localModelFixture";
import { ModelHub } from "../../support/network/modelHub";
import { RecordedLog } from "../../support/recordedLog";
import { failureOf, never } from "../inference/describeLanguageModel";

const name = "@node-llama-cpp/made-up-cuda";
const version = "3.22.1";
const packageHook = pathToFileURL(path.resolve("dist/packageHook.mjs")).href;

describe("CUDA support", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let registry: ModelHub;
	let archive: Buffer;
	let integrity: string;

	beforeEach(async () => {
		folder = await temporaryFolder();
		registry = await ModelHub.open();
		archive = await pack(path.join(folder.path, "made"));
		integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
		publish(integrity);
	});
	afterEach(async () => {
		await registry.close();
		await folder.remove();
	});

	function publish(stated: string): void {
		const tarball = `${registry.origin}/web/package.tgz`;
		const answer = { name, version, dist: { tarball, integrity: stated, unpackedSize: 100 } };
		registry.add("web/web", {
			[`${name}/${version}`]: { content: Buffer.from(JSON.stringify(answer)) },
			"package.tgz": { content: archive },
		});
	}

	function installer(known: string | null = integrity): CudaInstaller {
		return new CudaInstaller({
			modulePath: downloadModule,
			registry: `${registry.origin}/web`,
			folder: path.join(folder.path, "engine"),
			version,
			packages: [{ name, integrity: known }],
			network: () => networkTo(registry.origin),
			log: new RecordedLog(),
		});
	}

	it("is announced, downloaded, verified, and unpacked, and replaces another version", async () => {
		await mkdir(path.join(folder.path, "engine/3.0.0/node_modules"), { recursive: true });
		const cuda = installer();
		assert.equal(cuda.isInstalled, false);
		const found = await cuda.locate(never);
		assert.equal(found?.totalBytes, archive.length);
		assert.equal(found.host, registry.host);
		const seen: FetchProgress[] = [];
		assert.equal(await cuda.install((progress) => seen.push(progress), never), true);
		assert.equal(cuda.isInstalled, true);
		assert.equal(seen.at(-1)?.receivedBytes, archive.length);
		const index = path.join(cuda.engineFolder, "node_modules", name, "dist/index.js");
		assert.match(await readFile(index, "utf8"), /getBinsDir/);
		assert.deepEqual(readdirSync(path.join(folder.path, "engine")), [version]);
		assert.deepEqual(readdirSync(cuda.engineFolder), ["node_modules"]);
	});

	it("is not downloaded if its integrity is not the expected one", async () => {
		publish(`sha512-${"A".repeat(86)}==`);
		const failure = await failureOf(installer().install(() => undefined, never));
		assert.equal(failure.kind === "downloadFailed" && failure.cause.kind, "registryDisagrees");
		assert.ok(!existsSync(path.join(folder.path, "engine", version, "node_modules")));
	});

	it("that is not what the registry states is not unpacked", async () => {
		publish(`sha512-${"A".repeat(86)}==`);
		const failure = await failureOf(installer(null).install(() => undefined, never));
		assert.equal(failure.kind === "downloadFailed" && failure.cause.kind, "checksumMismatch");
		assert.ok(!existsSync(path.join(folder.path, "engine", version, "node_modules")));
	});

	it("resumes after it was cancelled", async () => {
		registry.bytesPerTick = 1000;
		const stop = new AbortController();
		const install = installer().install(({ receivedBytes }) => {
			if (receivedBytes > 10_000) {
				stop.abort();
			}
		}, stop.signal);
		assert.equal(await install, false);
		const before = registry.sentBytes;
		registry.bytesPerTick = Infinity;
		assert.equal(await installer().install(() => undefined, never), true);
		assert.ok(registry.sentBytes - before < archive.length, "it went on from the part");
	});

	it("is found by imports where it was added, and what the extension brings is found there", async () => {
		await installer().install(() => undefined, never);
		const script = [
			'import { register } from "node:module";',
			`register(${JSON.stringify(packageHook)}, { data: ${JSON.stringify(installer().engineFolder)} });`,
			`const added = await import(${JSON.stringify(name)});`,
			'const own = await import("@node-llama-cpp/linux-x64");',
			"console.log(typeof added.getBinsDir, typeof own.getBinsDir);",
			'await import("@node-llama-cpp/absent").catch(({ code }) => console.log(code));',
		].join("\n");
		const written = execFileSync(process.execPath, ["--input-type=module", "--eval", script]);
		assert.equal(String(written), "function function\nERR_MODULE_NOT_FOUND\n");
	});

	it("leaves the engine able to answer", async () => {
		await installer().install(() => undefined, never);
		const addedPackages = installer().engineFolder;
		const { languageModel, log } = createLocalLanguageModel(inferenceModule, {}, { addedPackages });
		assert.ok(await languageModel.prepare(never), log.lines.join("\n"));
		await languageModel.unload();
	});
});

/** @returns a package as npm packs it, with enough in it that it does not come in one piece. */
async function pack(made: string): Promise<Buffer> {
	await mkdir(path.join(made, "package/dist"), { recursive: true });
	await writeFile(
		path.join(made, "package/package.json"),
		JSON.stringify({ name, version, type: "module", exports: "./dist/index.js" }),
	);
	await writeFile(path.join(made, "package/dist/index.js"), "export function getBinsDir() {}\n");
	await writeFile(
		path.join(made, "package/dist/noise"),
		createHash("shake256", { outputLength: 60_000 }).digest(),
	);
	const file = path.join(made, "package.tgz");
	await create({ file, gzip: true, cwd: made }, ["package"]);
	return readFileSync(file);
}
