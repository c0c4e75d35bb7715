import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { existsSync, readdirSync, statfsSync, unlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DownloadOptions } from "../../../src/download/downloadOptions";
import { ModelDownload } from "../../../src/download/modelDownload";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { DownloadCause } from "../../../src/protocol/download/downloadFailure";
import { FailureError } from "../../../src/protocol/failureError";
import type { FetchProgress } from "../../../src/protocol/download/fetchProgress";
import { temporaryFolder } from "../../support/temporaryFolder";
import { networkTo } from "../../support/models/localModelFixture";
import { ModelHub, sha256 } from "../../support/network/modelHub";
import { openProxy } from "../../support/network/proxy";
import { chosenSeed, seededRandom } from "../../support/random";
import { skipBecause } from "../../support/skipBecause";

const never = new AbortController().signal;
const repository = "someone/Some-Model-GGUF";
const fileName = "Some-Model-Q4_K_M.gguf";
const uri = `hf:${repository}:Q4_K_M`;

describe("a download", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let hub: ModelHub;
	let content: Buffer;

	beforeEach(async () => {
		content = keystream(1_000_000);
		folder = await temporaryFolder();
		hub = await ModelHub.open();
		hub.add(repository, { [fileName]: { content }, "README.md": { content: Buffer.from("#") } });
	});
	afterEach(async () => {
		await hub.close();
		await folder.remove();
	});

	function open(options: Partial<DownloadOptions> = {}): ModelDownload {
		return new ModelDownload({
			network: networkTo(hub.origin),
			tokens: [],
			log: () => undefined,
			retryDelaysMs: [1, 1, 1],
			stallMs: 300,
			...options,
		});
	}
	const model = (address = uri) => ({ uri: address, directory: folder.path });
	const target = (): string => path.join(folder.path, "huggingface.co", repository, fileName);

	async function fetchOnce(
		options: Partial<DownloadOptions> = {},
		address = uri,
		onProgress: (progress: FetchProgress) => void = () => undefined,
		signal = never,
	): Promise<string | undefined> {
		const download = open(options);
		try {
			return await download.fetch(model(address), onProgress, signal);
		} finally {
			await download.close();
		}
	}

	async function assertFetches(options: Partial<DownloadOptions> = {}): Promise<void> {
		assert.equal(await fetchOnce(options), target());
		assert.ok(content.equals(await readFile(target())), "byte for byte");
		assert.deepEqual(readdirSync(path.dirname(target())), [fileName], "and nothing beside it");
	}

	/** @returns why it failed, having seen that no file has the model's name and that people get a sentence. */
	async function causeOf(work: Promise<unknown>): Promise<DownloadCause> {
		const error = await work.then(
			() => assert.fail("it succeeded"),
			(reason: unknown) => reason,
		);
		assert.ok(error instanceof FailureError, String(error));
		assert.equal(error.failure.kind, "downloadFailed");
		const { sentence, actions } = describeFailure(error.failure);
		assert.match(sentence, /\w\.$/);
		assert.ok(actions.length > 1);
		assert.ok(!existsSync(target()), "the file has no name");
		return error.failure.cause;
	}

	function partBytes(): number {
		return readdirSync(path.dirname(target())).includes(`${fileName}.part`) ? 1 : 0;
	}

	it("comes whole and verified, with what its host says of it told before", async () => {
		const download = open();
		const located = await download.locate(model(), never);
		assert.equal(located.kind, "remote");
		const { freeBytes, ...told } = located;
		assert.ok(freeBytes! > content.length);
		assert.deepEqual(told, {
			kind: "remote",
			fileName,
			totalBytes: content.length,
			receivedBytes: 0,
			host: hub.host,
			license: "llama3.2",
		});
		await download.close();
		const seen: FetchProgress[] = [];
		await fetchOnce({}, uri, (progress) => seen.push(progress));
		assert.deepEqual(
			[...new Set(seen.map(({ activity }) => activity))],
			["receiving", "verifying"],
		);
		assert.equal(seen.at(-1)?.receivedBytes, content.length);
		await assertFetches();
	});

	it("needs no network for a downloaded model", async () => {
		await assertFetches();
		const { length } = hub.requests;
		const download = open();
		assert.deepEqual(await download.locate(model(), never), { kind: "local", path: target() });
		await download.close();
		assert.equal(hub.requests.length, length);
	});

	for (const [what, fault] of [
		["is cut", { kind: "cut", afterBytes: 300_000 }],
		["is cut before the first byte", { kind: "cut", afterBytes: 0 }],
		["stalls", { kind: "stall", afterBytes: 300_000 }],
		["is answered 429", { kind: "status", status: 429, retryAfter: "0" }],
		["is answered 500", { kind: "status", status: 500 }],
		["is answered 503", { kind: "status", status: 503 }],
		["is answered 403 by the server that it was redirected to", { kind: "status", status: 403 }],
		["ignores ranges", { kind: "ignoreRange" }],
	] as const) {
		it(`resumes when a connection ${what}`, async () => {
			// At the beginning, and in the middle of the file.
			const cut = { kind: "cut", afterBytes: 200_000 } as const;
			hub.faults.push(...(fault.kind === "ignoreRange" ? [] : [fault]), cut, fault);
			await assertFetches();
			assert.equal(hub.faults.length, 0, "all of it happened");
		});
	}

	it("continues over a very slow connection", async () => {
		hub.bytesPerTick = 100_000;
		await assertFetches();
	});

	it("of 64 MiB that is cut at ten random places fetches hardly more than the file", async () => {
		content = keystream(64 * 1024 * 1024);
		hub.add(repository, { [fileName]: { content } });
		const seed = chosenSeed();
		const next = seededRandom(seed);
		hub.faults.push(
			...Array.from({ length: 10 }, () => ({
				kind: "cut" as const,
				afterBytes: Math.floor((next() * content.length) / 11),
			})),
		);
		await assertFetches();
		assert.equal(hub.faults.length, 0, `all cuts happened (SEED=${seed})`);
		assert.ok(hub.sentBytes <= content.length * 1.05, `${hub.sentBytes} bytes were sent`);
	});

	it("gives up a connection that breaks again and again, and keeps the part for the next attempt", async () => {
		hub.faults.push({ kind: "cut", afterBytes: 400_000 });
		hub.faults.push(...Array.from({ length: 4 }, () => ({ kind: "cut" as const, afterBytes: 0 })));
		assert.equal((await causeOf(fetchOnce())).kind, "unreachable");
		assert.equal(partBytes(), 1);
		const before = hub.sentBytes;
		await assertFetches();
		assert.ok(hub.sentBytes - before < content.length - 300_000, "it went on from the part");
	});

	it("keeps the part when it is cancelled, and the next attempt resumes from it", async () => {
		hub.bytesPerTick = 20_000;
		const stop = new AbortController();
		const path = await fetchOnce(
			{},
			uri,
			({ receivedBytes }) => {
				if (receivedBytes > 300_000) {
					stop.abort();
				}
			},
			stop.signal,
		);
		assert.equal(path, undefined);
		const before = hub.sentBytes;
		hub.bytesPerTick = Infinity;
		const download = open();
		const located = await download.locate(model(), never);
		assert.ok(located.kind === "remote" && located.receivedBytes > 300_000);
		await download.close();
		await assertFetches();
		assert.ok(hub.sentBytes - before <= content.length - 300_000);
	});

	it("starts over if the server's file has changed", async () => {
		hub.faults.push({ kind: "cut", afterBytes: 400_000 });
		await causeOf(fetchOnce({ retryDelaysMs: [] }));
		content = Buffer.from(content.map((byte) => byte ^ 1));
		hub.add(repository, { [fileName]: { content } });
		await assertFetches();
	});

	it("with another checksum than stated is not used, is kept aside, and can be fetched again", async () => {
		hub.add(repository, { [fileName]: { content, statedSha256: sha256(Buffer.from("other")) } });
		const cause = await causeOf(fetchOnce());
		assert.equal(cause.kind, "checksumMismatch");
		assert.ok(content.equals(await readFile(cause.path)), "nothing was deleted");
		hub.add(repository, { [fileName]: { content } });
		await assertFetches();
	});

	it("of another size than stated is not used", async () => {
		hub.add(repository, { [fileName]: { content, statedBytes: content.length + 5 } });
		const cause = await causeOf(fetchOnce());
		assert.deepEqual(cause, {
			kind: "sizeMismatch",
			expectedBytes: content.length + 5,
			receivedBytes: content.length,
		});
		hub.add(repository, { [fileName]: { content } });
		hub.faults.push({ kind: "longer", bytes: 9 });
		assert.equal((await causeOf(fetchOnce())).kind, "sizeMismatch");
	});

	it("starts over if the server does not have the missing bytes", async () => {
		hub.faults.push({ kind: "cut", afterBytes: 300_000 }, { kind: "status", status: 416 });
		await assertFetches();
	});

	it("stops at a redirect loop", async () => {
		hub.redirect = `${hub.origin}/${repository}/resolve/main/${fileName}`;
		assert.equal((await causeOf(fetchOnce())).kind, "redirectRefused");
	});

	it("follows no redirect to an unencrypted address", async () => {
		hub.redirect = "http://models.example/model.gguf";
		assert.equal((await causeOf(fetchOnce())).kind, "redirectRefused");
	});

	it("tells what a repository has in place of a quantization that it has not", async () => {
		hub.add(repository, {
			"a-Q8_0.gguf": { content },
			"a-Q4_0.gguf": { content },
			"mmproj-a-f16.gguf": { content },
		});
		assert.deepEqual(await causeOf(open().locate(model(), never)), {
			kind: "noSuchQuantization",
			available: ["Q4_0", "Q8_0"],
		});
	});

	for (const [address, kind] of [
		["hf:nobody/Nothing-GGUF", "notFound"],
		[`hf:${repository}/absent.gguf`, "notFound"],
	] as const) {
		it(`says that ${address} is not there`, async () => {
			assert.equal((await causeOf(open().locate(model(address), never))).kind, kind);
		});
	}

	it("says that a repository holds no model", async () => {
		hub.add(repository, { "model.safetensors": { content } });
		assert.equal((await causeOf(open().locate(model(), never))).kind, "noModelFile");
	});

	it("says that the host has a fault, and which", async () => {
		hub.metadataStatus = 500;
		const cause = await causeOf(open().locate(model(), never));
		assert.deepEqual(cause, { kind: "serverError", status: 500 });
	});

	it("says that the server is unreachable", async () => {
		const download = open();
		await hub.close();
		assert.equal((await causeOf(download.locate(model(), never))).kind, "unreachable");
	});

	it("says that no encrypted connection is possible", async () => {
		const address = `${hub.origin.replace("http:", "https:")}/web/tiny.gguf`;
		assert.equal((await causeOf(open().locate(model(address), never))).kind, "tlsFailed");
	});

	it("goes through the proxy that is set, and past it to the hosts that are named", async () => {
		const proxy = await openProxy();
		try {
			const network = {
				...networkTo(hub.origin),
				proxy: proxy.address,
				proxyAuthorization: "Basic eDp5",
			};
			await assertFetches({ network });
			assert.ok(proxy.requests.length > 0);
			assert.deepEqual([...new Set(proxy.requests)], ["Basic eDp5"]);
			const { length } = proxy.requests;
			const download = open({ network: { ...network, noProxy: "127.0.0.1" } });
			await download.locate(model(`hf:${repository}/${fileName}#other`), never);
			assert.equal(proxy.requests.length, length);
			await download.close();
		} finally {
			await proxy.close();
		}
	});

	it("says that an account is needed, sends a token to its own host only, and says that one was refused", async () => {
		hub.token = "right";
		const page = `${hub.origin}/${repository}`;
		assert.deepEqual(await causeOf(fetchOnce()), { kind: "tokenNeeded", page });
		const wrong = [{ host: hub.host, token: "wrong" }];
		assert.deepEqual(await causeOf(fetchOnce({ tokens: wrong })), { kind: "tokenRefused", page });
		await assertFetches({
			tokens: [
				{ host: hub.host, token: "right" },
				{ host: "elsewhere.example", token: "other" },
			],
		});
		const sent = hub.requests.filter(({ authorization }) => authorization !== "");
		assert.ok(sent.some(({ authorization }) => authorization === "Bearer right"));
		assert.deepEqual([...new Set(sent.map(({ server }) => server))], ["hub"]);
	});

	it("that does not fit the disk is refused before it starts, with the numbers", async () => {
		const cause = await causeOf(open({ reserveBytes: 2 ** 52 }).locate(model(), never));
		assert.equal(cause.kind, "diskFull");
		assert.equal(cause.requiredBytes, 2 ** 52 + content.length);
		assert.ok(cause.freeBytes! > 0);
	});

	it("reports a full disk, and continues when there is space", async function () {
		try {
			execFileSync("mount", ["-t", "tmpfs", "-o", "size=1500k", "none", folder.path], {
				stdio: "pipe",
			});
		} catch {
			skipBecause(this, "a small file system can be mounted by root on Linux only");
		}
		const filler = path.join(folder.path, "filler");
		hub.bytesPerTick = 10_000;
		try {
			const cause = await causeOf(
				fetchOnce({ reserveBytes: 0 }, uri, ({ receivedBytes }) => {
					if (receivedBytes > 300_000 && !existsSync(filler)) {
						const { bavail, bsize } = statfsSync(folder.path);
						writeFileSync(filler, Buffer.alloc(bavail * bsize - 100_000));
					}
				}),
			);
			assert.ok(cause.kind === "diskFull" && cause.hasBegun);
			assert.ok(cause.freeBytes! < cause.requiredBytes, JSON.stringify(cause));
			assert.ok(cause.requiredBytes < content.length - 300_000, "only what is missing");
			unlinkSync(filler);
			hub.bytesPerTick = Infinity;
			const before = hub.sentBytes;
			assert.equal(await fetchOnce({ reserveBytes: 0 }), target());
			assert.ok(content.equals(await readFile(target())));
			assert.ok(hub.sentBytes - before < content.length - 300_000, "it went on from the part");
		} finally {
			execFileSync("umount", ["--lazy", folder.path]);
		}
	});

	it("says that its file was removed meanwhile", async () => {
		const cause = await causeOf(
			fetchOnce({}, uri, ({ activity }) => {
				if (activity === "verifying" && existsSync(`${target()}.part`)) {
					unlinkSync(`${target()}.part`);
				}
			}),
		);
		assert.equal(cause.kind, "fileRemoved");
		await assertFetches();
	});

	it("of a split model brings all parts, and one part is no model", async () => {
		const parts = [content.subarray(0, 600_000), content.subarray(600_000)];
		const names = ["big-Q4_K_M-00001-of-00002.gguf", "big-Q4_K_M-00002-of-00002.gguf"];
		hub.add(repository, {
			[`Q4_K_M/${names[0]!}`]: { content: parts[0]! },
			[`Q4_K_M/${names[1]!}`]: { content: parts[1]! },
		});
		// The second part breaks.
		hub.faults.push({ kind: "cut", afterBytes: 700_000 }, { kind: "status", status: 500 });
		await causeOf(fetchOnce({ retryDelaysMs: [] }));
		assert.equal((await open().locate(model(), never)).kind, "remote");
		const seen: FetchProgress[] = [];
		const first = path.join(path.dirname(target()), names[0]!);
		assert.equal(await fetchOnce({}, uri, (progress) => seen.push(progress)), first);
		assert.ok(seen.every(({ totalBytes }) => totalBytes === content.length));
		for (const [index, name] of names.entries()) {
			assert.ok(parts[index]!.equals(await readFile(path.join(path.dirname(first), name))));
		}
		assert.deepEqual(await open().locate(model(), never), { kind: "local", path: first });
	});

	it("from a plain address is resumed where the host names the content", async () => {
		hub.add("web/web", { "models/tiny.gguf": { content } });
		const address = `${hub.origin}/web/models/tiny.gguf?download=true`;
		hub.faults.push({ kind: "cut", afterBytes: 400_000 });
		await causeOf(fetchOnce({ retryDelaysMs: [] }, address));
		const before = hub.sentBytes;
		const file = await fetchOnce({}, address);
		assert.ok(content.equals(await readFile(file!)));
		assert.ok(hub.sentBytes - before < content.length - 300_000);
	});

	it("runs once if it is requested twice at the same time", async () => {
		hub.bytesPerTick = 50_000;
		const seen: string[] = [];
		const [first, second] = await Promise.all([
			fetchOnce(),
			fetchOnce({}, uri, ({ activity }) => seen.push(activity)),
		]);
		assert.equal(first, target());
		assert.equal(second, target());
		assert.ok(hub.sentBytes <= content.length * 1.05, `${hub.sentBytes} bytes were sent`);
		await assertFetches();
	});

	it("is taken over by the second request if the first is cancelled", async () => {
		hub.bytesPerTick = 20_000;
		const stop = new AbortController();
		const first = fetchOnce(
			{},
			uri,
			({ receivedBytes }) => {
				if (receivedBytes > 200_000) {
					hub.bytesPerTick = Infinity;
					stop.abort();
				}
			},
			stop.signal,
		);
		const second = fetchOnce();
		assert.equal(await first, undefined);
		assert.equal(await second, target());
		assert.ok(content.equals(await readFile(target())));
		assert.ok(hub.sentBytes <= content.length * 1.05 + 100_000, `${hub.sentBytes} bytes were sent`);
	});
});

/** @returns bytes of which no part is like another. */
function keystream(bytes: number): Buffer {
	return createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(
		Buffer.alloc(bytes),
	);
}
