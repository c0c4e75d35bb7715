import assert from "node:assert/strict";
import { withHub, type HubSession } from "../../../src/extension/download/hubSession";
import type { NetworkSettings } from "../../../src/protocol/download/download";
import { describeFailure } from "../../../src/wording/describeFailure";
import { downloadModule, networkTo } from "../../support/models/localModelFixture";
import { ModelHub } from "../../support/network/modelHub";
import { RecordedLog } from "../../support/recordedLog";
import { failureOf, never } from "../inference/describeLanguageModel";

describe("a search in a hub", function () {
	this.timeout(20_000);
	let hub: ModelHub;
	let tokens: Map<string, string>;

	beforeEach(async () => {
		hub = await ModelHub.open();
		tokens = new Map();
		const file = (kilobytes: number) => ({ content: Buffer.alloc(kilobytes * 1000, 1) });
		hub.add("one/Qwen-Coder-GGUF", {
			"Qwen-Coder-Q8_0.gguf": file(8),
			"Qwen-Coder-Q4_K_M.gguf": file(5),
			"mtp-Qwen-Coder-Q4_0.gguf": file(1),
			"mmproj-F16.gguf": file(1),
			"BF16/Qwen-Coder-BF16-00001-of-00002.gguf": file(8),
			"BF16/Qwen-Coder-BF16-00002-of-00002.gguf": file(8),
		});
		hub.describe("one/Qwen-Coder-GGUF", {
			downloads: 50,
			gguf: { total: 7e9, context_length: 32_768, architecture: "qwen2" },
		});
		hub.add("two/Qwen-Coder-Small-GGUF", { "special.gguf": file(2) });
		hub.describe("two/Qwen-Coder-Small-GGUF", { downloads: 900, gated: "auto" });
		hub.add("three/Qwen-Embedding-GGUF", { "a.gguf": file(1) });
		hub.add("four/Qwen-Search-GGUF", { "a.gguf": file(1) });
		hub.describe("four/Qwen-Search-GGUF", { gguf: { architecture: "bert" } });
		hub.add("five/Qwen-Talks-GGUF", { "a.gguf": file(1) });
		hub.describe("five/Qwen-Talks-GGUF", { pipeline_tag: "text-to-speech" });
		hub.add("six/Other-GGUF", { "a.gguf": file(1) });
	});
	afterEach(() => hub.close());

	function ask<R>(
		work: (session: HubSession) => Promise<R>,
		network: NetworkSettings = networkTo(hub.origin),
		signal = never,
	): Promise<R | undefined> {
		const options = {
			modulePath: downloadModule,
			network: () => network,
			tokens: { get: (host: string) => Promise.resolve(tokens.get(host)) },
			log: new RecordedLog(),
		};
		return withHub(options, signal, work);
	}

	it("finds repositories of chat models by the words of their names, most downloaded first", async () => {
		const found = await ask((session) => session.search("qwen", never));
		assert.deepEqual(found, [
			{
				name: "two/Qwen-Coder-Small-GGUF",
				downloads: 900,
				license: "llama3.2",
				isGated: true,
				parameterCount: null,
				trainedContextTokens: null,
			},
			{
				name: "one/Qwen-Coder-GGUF",
				downloads: 50,
				license: "llama3.2",
				isGated: false,
				parameterCount: 7e9,
				trainedContextTokens: 32_768,
			},
		]);
		assert.deepEqual(await ask((session) => session.search("nothing like it", never)), []);
	});

	it("asks the mirror that the settings name, with its token and for GGUF files", async () => {
		tokens.set(hub.host, "secret");
		await ask((session) => {
			assert.equal(session.host, hub.host);
			return session.search("qwen & coder", never);
		});
		const [request] = hub.requests;
		assert.equal(request?.authorization, "Bearer secret");
		assert.match(
			request.path,
			/^\/api\/models\?search=qwen\+%26\+coder&filter=gguf&sort=downloads/,
		);
	});

	it("lists the models of a repository with addresses that lead to them, small ones first", async () => {
		const models = await ask((session) => session.list("one/Qwen-Coder-GGUF", never));
		assert.deepEqual(models, [
			{
				address: "hf:one/Qwen-Coder-GGUF:Q4_K_M",
				label: "Q4_K_M",
				fileBytes: 5000,
				isDefault: true,
			},
			{ address: "hf:one/Qwen-Coder-GGUF:Q8_0", label: "Q8_0", fileBytes: 8000, isDefault: false },
			{
				address: "hf:one/Qwen-Coder-GGUF:BF16",
				label: "BF16",
				fileBytes: 16_000,
				isDefault: false,
			},
		]);
		const [special] = (await ask((session) => session.list("two/Qwen-Coder-Small-GGUF", never)))!;
		assert.equal(special?.address, "hf:two/Qwen-Coder-Small-GGUF/special.gguf");
		assert.equal(special.label, "special.gguf");
	});

	it("leaves out what the hub says in another shape, and keeps the rest", async () => {
		hub.describe("two/Qwen-Coder-Small-GGUF", { id: "../../etc", downloads: 1e9 });
		hub.describe("one/Qwen-Coder-GGUF", { downloads: "many", tags: 7, gated: null, gguf: [] });
		const found = await ask((session) => session.search("qwen coder", never));
		assert.deepEqual(
			found?.map(({ name, downloads, license }) => [name, downloads, license]),
			[["one/Qwen-Coder-GGUF", 0, null]],
		);
	});

	it("fails with a sentence if the hub is unreachable or responds with an error", async () => {
		hub.metadataStatus = 503;
		const busy = await failureOf(ask((session) => session.search("qwen", never)));
		assert.equal(busy.kind === "downloadFailed" && busy.cause.kind, "serverError");
		const { origin } = hub;
		await hub.close();
		const failure = await failureOf(
			ask((session) => session.search("qwen", never), networkTo(origin)),
		);
		assert.equal(failure.kind === "downloadFailed" && failure.cause.kind, "unreachable");
		assert.match(
			describeFailure(failure).sentence,
			/cannot be reached\. Check your network and proxy/,
		);
	});

	it("ends at once when it is cancelled", async () => {
		hub.isSilent = true;
		const stop = new AbortController();
		const searching = ask((session) => session.search("qwen", stop.signal), undefined, stop.signal);
		setTimeout(() => {
			stop.abort();
		}, 500);
		assert.equal(await searching, undefined);
	});
});
