import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { hugePageVariables } from "../../../src/extension/inference/hugePages";
import { childEnvironment } from "../../../src/extension/process/childEnvironment";
import { ProcessLines } from "../../../src/extension/process/processLines";
import { cpuThreads } from "../../../src/inference/pace/cpuThreads";
import { loadFailure } from "../../../src/inference/loadFailure";
import { RecentLines } from "../../../src/inference/recentLines";

describe("cpuThreads", () => {
	it("takes the setting as it is, also beyond the cores that count for mathematics", () => {
		assert.deepEqual(cpuThreads(7, 4, 8), { initial: 7, most: 7 });
	});

	it("takes no more than the cores that there are, whatever the setting says", () => {
		assert.deepEqual(cpuThreads(7, 2, 2), { initial: 2, most: 2 });
		assert.deepEqual(cpuThreads(1024, 1, 1), { initial: 1, most: 1 });
		assert.deepEqual(cpuThreads(2, 0, 0), { initial: 1, most: 1 });
	});

	it("leaves the machine one core at first", () => {
		assert.deepEqual(cpuThreads(0, 2, 2), { initial: 1, most: 2 });
		assert.deepEqual(cpuThreads(0, 4, 8), { initial: 3, most: 4 });
	});

	it("counts the cores that this process may use", () => {
		assert.deepEqual(cpuThreads(0, 32, 4), { initial: 3, most: 4 });
	});

	it("always computes with one at least", () => {
		assert.deepEqual(cpuThreads(0, 1, 1), { initial: 1, most: 1 });
		assert.deepEqual(cpuThreads(0, 0, 1), { initial: 1, most: 1 });
	});

	it("takes no more than decoding gains from", () => {
		assert.deepEqual(cpuThreads(0, 64, 128), { initial: 8, most: 8 });
	});
});

describe("loadFailure", () => {
	const failure = (...written: string[]): ReturnType<typeof loadFailure> =>
		loadFailure("/m.gguf", 10, new Error("Failed to load model"), written);

	it("finds an unknown architecture in what llama.cpp wrote", () => {
		const said = "error loading model architecture: unknown model architecture: 'mamba9'";
		assert.deepEqual(failure(said, "failed to load model"), {
			kind: "unsupportedArchitecture",
			path: "/m.gguf",
			architecture: "mamba9",
		});
	});

	it("finds a file that ends too early", () => {
		const said = "tensor 'x' data is not within the file bounds, model is corrupted or incomplete";
		assert.equal(failure(said).kind, "modelTruncated");
	});

	it("gives llama.cpp's reason rather than its last line or the error", () => {
		const reason = "missing tensor 'output_norm.weight'";
		assert.deepEqual(failure(`llama_model_load: error loading model: ${reason}`, "failed"), {
			kind: "modelUnreadable",
			path: "/m.gguf",
			reason,
		});
		const silent = failure();
		assert.equal(silent.kind === "modelUnreadable" && silent.reason, "Failed to load model");
	});
});

describe("the environment of the inference process", () => {
	it("runs as Node, without access to the user's Hugging Face account", () => {
		const env = childEnvironment({ PATH: "/bin", HF_TOKEN: "secret", HF_TOKEN_PATH: "/t" });
		assert.equal(env.PATH, "/bin");
		assert.equal(env.ELECTRON_RUN_AS_NODE, "1");
		assert.equal(env.HF_TOKEN, undefined);
		assert.notEqual(env.HF_TOKEN_PATH, "/t");
	});
});

describe("the request for huge pages", () => {
	it("is added to the tunables that the user has set", () => {
		assert.deepEqual(hugePageVariables(undefined), { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" });
		assert.deepEqual(hugePageVariables("glibc.malloc.check=3"), {
			GLIBC_TUNABLES: "glibc.malloc.check=3:glibc.malloc.hugetlb=1",
		});
	});

	it("leaves the user's own choice of pages alone", () => {
		const own = "glibc.malloc.hugetlb=0:glibc.malloc.check=3";
		assert.deepEqual(hugePageVariables(own), { GLIBC_TUNABLES: own });
	});
});

describe("lines of a process", () => {
	it("are cut at line ends, across chunks, and the last may lack one", async () => {
		const seen: string[] = [];
		const lines = new ProcessLines(2, (line) => seen.push(line));
		const stream = new PassThrough();
		lines.read(stream);
		stream.write("one\ntw");
		stream.write("o\r\n\nthree\nfour");
		stream.end();
		await new Promise((resolve) => stream.once("close", resolve));
		assert.deepEqual(seen, ["one", "two", "three", "four"]);
		assert.deepEqual(lines.last, ["three", "four"]);
	});

	it("are forgotten from the oldest on", () => {
		const lines = new RecentLines(2);
		for (const line of ["a", "b", "c"]) {
			lines.push(line);
		}
		assert.deepEqual(lines.lines, ["b", "c"]);
		lines.clear();
		assert.deepEqual(lines.lines, []);
	});
});
