import assert from "node:assert/strict";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { Emitter } from "../../../../src/extension/base/emitter";
import { ModelFileWatch } from "../../../../src/extension/model/modelFileWatch";
import { whyNoModel } from "../../../../src/gguf/whyNoModel";
import type { InferenceFailure } from "../../../../src/protocol/failure";
import type { ModelStatus } from "../../../../src/protocol/inference/model";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { ofArchitecture, putGguf } from "../../../support/models/ggufFiles";

const unloaded = (detail: string): ModelStatus => ({
	kind: "unloaded",
	name: "m",
	detail,
	gpu: "auto",
});
const missing: InferenceFailure = { kind: "modelFileMissing", path: "/m.gguf" };

describe("ModelFileWatch", () => {
	function watchOver(
		first: ModelStatus,
		why: (path: string) => Promise<InferenceFailure | undefined>,
	) {
		const changes = new Emitter<ModelStatus>();
		const failed: ModelStatus[] = [];
		const looked: string[] = [];
		const languageModel = { status: first, onDidChangeStatus: changes.event };
		const watch = new ModelFileWatch({
			languageModel,
			whyNoModel: (file) => {
				looked.push(file);
				return why(file);
			},
			onFailed: (status) => failed.push(status),
		});
		const change = (status: ModelStatus): void => {
			languageModel.status = status;
			changes.fire(status);
		};
		return { watch, failed, looked, change };
	}

	it("reports a missing file when a chat is shown, and not before", async () => {
		const { watch, failed, looked } = watchOver(unloaded("/m.gguf"), () =>
			Promise.resolve(missing),
		);
		await setImmediate();
		assert.deepEqual(looked, []);
		watch.begin();
		await setImmediate();
		assert.deepEqual(failed, [{ kind: "failed", name: "m", failure: missing }]);
		watch.dispose();
	});

	it("checks again when the settings name another file", async () => {
		const { watch, failed, looked, change } = watchOver(unloaded("hf:a/b"), (file) =>
			Promise.resolve(file === "/m.gguf" ? missing : undefined),
		);
		watch.begin();
		change(unloaded("/good.gguf"));
		change(unloaded("/m.gguf"));
		await setImmediate();
		assert.deepEqual(looked, ["/good.gguf", "/m.gguf"]);
		assert.equal(failed.length, 1);
		watch.dispose();
	});

	it("reports nothing once another model is starting, or the watch is disposed", async () => {
		let answer: (failure: InferenceFailure) => void = () => undefined;
		const { watch, failed, change } = watchOver(
			unloaded("/m.gguf"),
			() => new Promise((resolve) => (answer = resolve)),
		);
		watch.begin();
		change({ kind: "starting", name: "m" });
		answer(missing);
		await setImmediate();
		change(unloaded("/m.gguf"));
		watch.dispose();
		answer(missing);
		await setImmediate();
		assert.deepEqual(failed, []);
	});

	it("reports nothing if the file cannot be checked", async () => {
		const { watch, failed } = watchOver(unloaded("/m.gguf"), () =>
			Promise.reject(new Error("EIO")),
		);
		watch.begin();
		await setImmediate();
		assert.deepEqual(failed, []);
		watch.dispose();
	});

	it("names the reasons that show without loading the file", async () => {
		const folder = await temporaryFolder();
		const at = (name: string): string => path.join(folder.path, name);
		const kindAt = async (file: string): Promise<string | undefined> =>
			(await whyNoModel(file))?.kind;
		try {
			assert.equal(await kindAt(at("none.gguf")), "modelFileMissing");
			assert.equal(await kindAt(folder.path), "notGguf");
			assert.equal(await kindAt(await putGguf(at("chat.gguf"))), undefined);
			const bert = await putGguf(at("bert.gguf"), { values: ofArchitecture("bert") });
			assert.equal(await kindAt(bert), "notChatModel");
			await putGguf(at("m-00001-of-00002.gguf"));
			const second = await putGguf(at("m-00002-of-00002.gguf"));
			assert.deepEqual(await whyNoModel(second), {
				kind: "laterPart",
				path: second,
				part: 2,
				count: 2,
				first: at("m-00001-of-00002.gguf"),
			});
		} finally {
			await folder.remove();
		}
	});
});
