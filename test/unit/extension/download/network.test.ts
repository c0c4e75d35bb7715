import assert from "node:assert/strict";
import { networkSettings } from "../../../../src/extension/download/networkSettings";
import { ProgressMeter } from "../../../../src/download/file/progressMeter";
import { describeFetch } from "../../../../src/wording/describeFetch";
import type { FetchProgress } from "../../../../src/protocol/download/fetchProgress";

const unset = {
	modelEndpoint: "",
	proxySupport: "override",
	proxy: "",
	noProxy: [],
	proxyAuthorization: null,
	proxyStrictSSL: true,
};

describe("the network settings", () => {
	it("default to Hugging Face, strict TLS, and no proxy", () => {
		assert.deepEqual(networkSettings(unset, {}), {
			endpoint: "https://huggingface.co",
			proxy: "",
			noProxy: "",
			proxyAuthorization: "",
			strictTls: true,
		});
	});

	it("prefer VS Code's settings to environment variables", () => {
		const env = {
			HTTPS_PROXY: "http://env.example:1",
			NO_PROXY: "a.example",
			HF_ENDPOINT: "https://m.example",
		};
		const fromEnv = networkSettings(unset, env);
		assert.equal(fromEnv.proxy, "http://env.example:1");
		assert.equal(fromEnv.noProxy, "a.example");
		assert.equal(fromEnv.endpoint, "https://m.example");
		const set = networkSettings(
			{
				...unset,
				modelEndpoint: "https://mirror.example/",
				proxy: "http://set.example:2",
				noProxy: ["b.example", "c.example"],
				proxyAuthorization: "Basic x",
				proxyStrictSSL: false,
			},
			env,
		);
		assert.deepEqual(set, {
			endpoint: "https://mirror.example",
			proxy: "http://set.example:2",
			noProxy: "b.example,c.example",
			proxyAuthorization: "Basic x",
			strictTls: false,
		});
	});

	it("use no proxy if VS Code's proxy support is off", () => {
		const env = { HTTPS_PROXY: "http://env.example:1" };
		assert.equal(networkSettings({ ...unset, proxySupport: "off" }, env).proxy, "");
	});

	it("ignore invalid values", () => {
		const odd = { ...unset, modelEndpoint: "mirror", proxy: 7, noProxy: "x", proxyStrictSSL: "no" };
		assert.deepEqual(networkSettings(odd, {}), networkSettings(unset, {}));
	});
});

describe("the progress of a download", () => {
	it("reports the rate over the last seconds, at a limited frequency", () => {
		const seen: FetchProgress[] = [];
		let nowMs = 0;
		const meter = new ProgressMeter(
			1_000_000,
			(progress) => seen.push(progress),
			() => nowMs,
		);
		// 10 bytes per millisecond for ten seconds, then 5.
		for (let step = 0; step <= 2000; step++) {
			meter.update("receiving", step <= 1000 ? step * 100 : 100_000 + (step - 1000) * 50);
			nowMs += 10;
		}
		assert.ok(seen.length < 110, `${seen.length} reports`);
		assert.equal(seen.at(-1)?.bytesPerSecond, 5000);
		assert.equal(seen[20]?.bytesPerSecond, 10_000);
	});

	it("is reported at once when the activity changes", () => {
		const seen: string[] = [];
		const meter = new ProgressMeter(
			10,
			({ activity }) => seen.push(activity),
			() => 0,
		);
		meter.update("receiving", 1);
		meter.update("receiving", 2);
		meter.update("reconnecting", 2);
		meter.update("verifying", 1);
		assert.deepEqual(seen, ["receiving", "reconnecting", "verifying"]);
	});

	it("is described with its percentage, rate, and time left", () => {
		const progress = { receivedBytes: 9e8, totalBytes: 2e9, bytesPerSecond: 0 };
		const words = (rest: Partial<FetchProgress>) =>
			describeFetch({ ...progress, activity: "receiving", ...rest });
		assert.equal(words({}), "45% (900 MB of 2.0 GB)");
		assert.equal(words({ bytesPerSecond: 1.2e7 }), "45% (900 MB of 2.0 GB), 12.0 MB/s, 2 min left");
		assert.equal(words({ bytesPerSecond: 1e8 }), "45% (900 MB of 2.0 GB), 100 MB/s, 11 s left");
		assert.equal(words({ bytesPerSecond: 1e5 }), "45% (900 MB of 2.0 GB), 100 kB/s, 3 h left");
		assert.match(words({ activity: "reconnecting" }), /reconnecting/);
		assert.match(words({ activity: "waiting" }), /another window/);
		assert.equal(words({ activity: "verifying" }), "Verifying the file… 45%");
	});
});
