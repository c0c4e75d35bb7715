import assert from "node:assert/strict";
import { describeFailure } from "../../../src/wording/describeFailure";
import type { InferenceFailure } from "../../../src/protocol/failure";

describe("A crash of the inference process", () => {
	const crash = {
		kind: "processCrashed",
		exitCode: null,
		signal: "SIGSEGV",
		lastLines: ["ggml: assertion failed"],
		onGpu: false,
		reportId: "r",
	} as const;

	it("says what happens automatically, and offers its report", () => {
		const restarts = describeFailure({ ...crash, recovery: "restarts" });
		assert.equal(
			restarts.sentence,
			"The process that runs the model ended unexpectedly (SIGSEGV). The text so far is kept, and the model is loading again.",
		);
		assert.deepEqual(restarts.actions, ["retry", "showCrashReport", "showLog"]);
		const none = describeFailure({ ...crash, signal: null, exitCode: 3, recovery: "none" });
		assert.match(none.sentence, /\(exit code 3\)\. The text .* Your next message restarts it\.$/);
	});

	it("says that nothing more happens automatically, and what may help", () => {
		const { sentence, actions } = describeFailure({ ...crash, onGpu: true, recovery: "gaveUp" });
		assert.match(sentence, /After four restarts within three minutes/);
		assert.match(sentence, /a different model or a smaller context size may help\.$/);
		assert.deepEqual(actions, ["retry", "retryOnCpu", "chooseModel", "showCrashReport", "showLog"]);
	});
});

describe("A full disk", () => {
	const full = { kind: "diskFull", requiredBytes: 5e9, freeBytes: 2e9, directory: "/m" } as const;
	const sentence = (hasBegun: boolean): string =>
		describeFailure({
			kind: "downloadFailed",
			host: "h",
			cause: { ...full, hasBegun },
			detail: "",
		}).sentence;

	it("states the space that is needed or missing, and the free space", () => {
		assert.match(sentence(false), /needs 5\.0 GB of disk space .*\. 2\.0 GB is free\./);
		assert.match(sentence(true), /is full: 5\.0 GB more is needed, and 2\.0 GB is free\./);
	});
});

describe("An answer that fills the context", () => {
	const tooLong = {
		kind: "answerTooLong",
		tokens: 8191,
		limitTokens: 8190,
		contextTokens: 8192,
	} as const;

	it("offers a larger context, in the settings or with another model", () => {
		const { sentence, actions } = describeFailure({ ...tooLong, trainedContextTokens: 131_072 });
		assert.equal(
			sentence,
			"This answer cannot be continued. With its message and the system prompt, it has 8,191 tokens. " +
				"To leave room in the context of 8,192 tokens, it can have at most 8,190. Set a larger context size.",
		);
		assert.deepEqual(actions, ["openSettings"]);
		const other = describeFailure({ ...tooLong, trainedContextTokens: 8192 });
		assert.match(other.sentence, /Choose a model with a larger context\.$/);
		assert.deepEqual(other.actions, ["chooseModel"]);
	});
});

describe("A message that is too long", () => {
	const tooLong = {
		kind: "messageTooLong",
		tokens: 9000,
		limitTokens: 6144,
		contextTokens: 8192,
	} as const;

	it("offers the settings while the model supports a larger context", () => {
		const { sentence, actions } = describeFailure({ ...tooLong, trainedContextTokens: 131_072 });
		assert.equal(
			sentence,
			"This message is too long. With the system prompt, it has 9,000 tokens. " +
				"To leave room for an answer in the context of 8,192 tokens, it can have at most 6,144. Shorten it, or set a larger context size.",
		);
		assert.deepEqual(actions, ["openSettings"]);
	});

	it("offers another model if this one's context cannot grow", () => {
		const { sentence, actions } = describeFailure({ ...tooLong, trainedContextTokens: 8192 });
		assert.match(sentence, /Shorten it, or choose a model with a larger context\.$/);
		assert.deepEqual(actions, ["chooseModel"]);
	});

	it("suggests removing attached code only if there is some", () => {
		const { sentence } = describeFailure({ ...tooLong, trainedContextTokens: 131_072 }, true);
		assert.match(sentence, /Shorten it, remove attached code, or set a larger context size\.$/);
	});
});

describe("A failure that this version does not know", () => {
	it("gets a general sentence, whatever its shape", () => {
		const unknown: readonly unknown[] = [
			undefined,
			null,
			7,
			"modelFileMissing",
			{},
			{ kind: "haunted" },
			{ kind: "constructor" },
			{ kind: "modelTruncated", path: "/m.gguf" },
			{ kind: "downloadFailed", host: "h", detail: "" },
			{ kind: "downloadFailed", host: "h", cause: { kind: "haunted" }, detail: "" },
			{ kind: "gpuUnavailable", gpu: "cuda", problem: { kind: "haunted" } },
			{ kind: "processCrashed", exitCode: 1, signal: null, lastLines: [], recovery: "prayer" },
		];
		for (const failure of unknown) {
			const { sentence, actions } = describeFailure(failure as InferenceFailure);
			assert.match(sentence, /an unknown reason/);
			assert.deepEqual(actions, ["retry", "showLog"]);
		}
	});
});
