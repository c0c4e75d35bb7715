import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { DownloadOptions } from "../../../src/download/downloadOptions";
import { HttpClient } from "../../../src/download/network/httpClient";
import { MetadataReader } from "../../../src/download/hub/metadata";
import { ModelDownload } from "../../../src/download/modelDownload";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { DownloadCause } from "../../../src/protocol/download/downloadFailure";
import { FailureError } from "../../../src/protocol/failureError";
import { temporaryFolder } from "../../support/temporaryFolder";
import { networkTo } from "../../support/models/localModelFixture";
import { ModelHub } from "../../support/network/modelHub";
import { openProxy, type Proxy } from "../../support/network/proxy";
import { until } from "../../support/until";
import { never } from "../inference/describeLanguageModel";

const repository = "someone/Some-Model-GGUF";
const uri = `hf:${repository}:Q4_K_M`;

describe("an untrusted host", function () {
	this.timeout(30_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let hub: ModelHub;
	/** Gives the hub every name. */
	let proxy: Proxy;

	beforeEach(async () => {
		folder = await temporaryFolder();
		hub = await ModelHub.open();
		hub.add(repository, { "Some-Model-Q4_K_M.gguf": { content: Buffer.alloc(5000, "x") } });
		proxy = await openProxy(hub.origin);
	});
	afterEach(async () => {
		await proxy.close();
		await hub.close();
		await folder.remove();
	});

	async function fetchModel(options: Partial<DownloadOptions> = {}): Promise<string | undefined> {
		const download = new ModelDownload({
			network: networkTo(hub.origin),
			tokens: [],
			log: () => undefined,
			retryDelaysMs: [],
			...options,
		});
		try {
			const model = { uri, directory: folder.path };
			await download.locate(model, never);
			return await download.fetch(model, () => undefined, never);
		} finally {
			await download.close();
		}
	}

	async function failureOf(work: Promise<unknown>) {
		const error = await work.then(
			() => assert.fail("it succeeded"),
			(reason: unknown) => reason,
		);
		assert.ok(error instanceof FailureError, String(error));
		assert.equal(error.failure.kind, "downloadFailed");
		assert.match(describeFailure(error.failure).sentence, /\w\.$/);
		return error.failure;
	}
	async function causeOf(options?: Partial<DownloadOptions>): Promise<DownloadCause> {
		return (await failureOf(fetchModel(options))).cause;
	}
	const behind = (endpoint: string) => ({ ...networkTo(endpoint), proxy: proxy.address });
	const sent = () => [...new Set(hub.requests.map(({ authorization }) => authorization))];

	it("gets no token without encryption, though it is its own", async () => {
		hub.token = "s3cr3t";
		const network = behind("http://mirror.example");
		const tokens = [{ host: "mirror.example", token: "s3cr3t" }];
		assert.deepEqual(await causeOf({ network, tokens }), { kind: "tokenUnsafe" });
		assert.ok(hub.requests.length > 0);
		assert.deepEqual(sent(), [""]);
	});

	it("gets nobody else's token by naming a next page, encrypted or not", async () => {
		const network = behind("http://mirror.example");
		const tokens = [{ host: "huggingface.co", token: "s3cr3t" }];
		hub.nextPage = "http://huggingface.co/next";
		assert.deepEqual(await causeOf({ network, tokens }), {
			kind: "redirectRefused",
			objection: "insecure",
		});
		assert.deepEqual([...new Set(proxy.targets)], ["mirror.example:80"]);
		assert.deepEqual(sent(), [""]);
	});

	it("is followed to next pages on itself, with its token", async () => {
		hub.token = "s3cr3t";
		hub.nextPage = `${hub.origin}/api/models/${repository}/tree/main?cursor=2`;
		const cause = await causeOf({ tokens: [{ host: hub.host, token: "s3cr3t" }] });
		// Each page names the same next one.
		assert.equal(cause.kind, "answerWithoutEnd");
		assert.deepEqual(sent(), ["Bearer s3cr3t"]);
		assert.ok(hub.requests.length < 100, String(hub.requests.length));
	});

	for (const [redirect, objection] of [
		["data:application/octet-stream,xxxxx", "notWeb"],
		["file:///etc/hostname", "notWeb"],
		["http://cdn.example/x", "insecure"],
		["https://name:word@cdn.example/x", "credentials"],
		["https://127.0.0.1/x", "inner"],
		["https://[::ffff:169.254.169.254]/x", "inner"],
		["http://localhost/x", "inner"],
	] as const) {
		it(`is not followed to ${redirect}`, async () => {
			hub.redirect = redirect;
			const network = behind("http://mirror.example");
			assert.deepEqual(await causeOf({ network }), { kind: "redirectRefused", objection });
			assert.deepEqual([...new Set(proxy.targets)], ["mirror.example:80"]);
		});
	}

	it("is not followed to a name that turns out to be inside", async () => {
		hub.redirect = "https://cdn.example/x";
		const asked: string[] = [];
		const cause = await causeOf({
			network: { ...behind("http://mirror.example"), noProxy: "cdn.example" },
			lookup: (hostname, _options, callback) => {
				asked.push(hostname);
				callback(null, [{ address: "10.0.0.5", family: 4 }]);
			},
		});
		assert.deepEqual(asked, ["cdn.example"]);
		assert.deepEqual(cause, { kind: "redirectRefused", objection: "inner" });
	});

	it("may have any address if the user named it", async () => {
		const network = networkTo(hub.origin.replace("127.0.0.1", "mirror.example"));
		const found = await fetchModel({
			network,
			lookup: (_hostname, _options, callback) => {
				callback(null, [{ address: "127.0.0.1", family: 4 }]);
			},
		});
		assert.ok(found);
	});

	it("on this machine is asked directly where the proxy is another machine", async () => {
		const network = { ...networkTo(hub.origin), proxy: "http://proxy.invalid:8080" };
		assert.ok(await fetchModel({ network }));
	});

	for (const [what, answer] of [
		[
			"is small until it is decompressed",
			gzipSync(Buffer.alloc(64 * 1024 * 1024, " "), { level: 9 }),
		],
		["is nested without end", gzipSync("[".repeat(3_000_000))],
	] as const) {
		it(`is not listened to when its listing ${what}`, async () => {
			hub.answerListing = (response) => {
				response.writeHead(200, { "content-encoding": "gzip" }).end(answer);
			};
			assert.equal((await causeOf()).kind, "answerWithoutEnd");
		});
	}

	it("is cut off if its listing never ends", async () => {
		let isOpen = true;
		hub.answerListing = (response) => {
			response.once("close", () => {
				isOpen = false;
			});
			response.writeHead(200);
			const write = (): void => {
				while (isOpen && response.write(Buffer.alloc(65_536, " "))) {
					// As fast as it is taken.
				}
			};
			response.on("drain", write);
			write();
		};
		assert.equal((await causeOf()).kind, "answerWithoutEnd");
		await until("the connection is closed", () => !isOpen);
	});

	it("is cut off if its listing takes too long", async () => {
		hub.answerListing = (response) => {
			response.writeHead(200);
			const trickle = setInterval(() => response.write(" "), 10);
			response.once("close", () => {
				clearInterval(trickle);
			});
		};
		const http = new HttpClient(networkTo(hub.origin), []);
		const limits = { answerBytes: 1e9, totalBytes: 1e9, answers: 5, totalMs: 300 };
		const reader = new MetadataReader({ address: hub.origin, http, signal: never, limits });
		await assert.rejects(reader.json(`${hub.origin}/api/models/${repository}/tree/main`), {
			downloadCause: { kind: "answerWithoutEnd" },
		});
		await http.close();
	});

	it("gets the name and password in its address, which nobody reads again", async () => {
		const endpoint = hub.origin.replace("//", "//na%20me:pass%2Fw0rd@");
		const network = networkTo(endpoint);
		const log: string[] = [];
		const options = { network, log: (_level: string, line: string) => log.push(line) };
		assert.ok(await fetchModel(options));
		const basic = `Basic ${Buffer.from("na me:pass/w0rd").toString("base64")}`;
		const [first] = hub.requests;
		assert.equal(first?.authorization, basic);
		const elsewhere = hub.requests.filter(({ server }) => server === "cdn");
		assert.ok(elsewhere.length > 0 && elsewhere.every(({ authorization }) => authorization === ""));
		hub.metadataStatus = 500;
		const failure = await failureOf(fetchModel({ ...options, network: { ...network, endpoint } }));
		const { sentence, details } = describeFailure(failure);
		for (const text of [JSON.stringify(failure), sentence, ...details, ...log]) {
			assert.doesNotMatch(text, /w0rd|na(?:%20| )me/);
			assert.ok(!text.includes(basic.slice(6)));
		}
	});

	it("cannot make a message repeat a token", async () => {
		hub.answerListing = (response) => {
			response.writeHead(500, { "x-error-message": "no right for mytoken at /x?k=abc" }).end();
		};
		const tokens = [{ host: hub.host, token: "mytoken" }];
		const { detail } = await failureOf(fetchModel({ tokens }));
		assert.equal(detail, "500 no right for … at /x?…");
	});
});
