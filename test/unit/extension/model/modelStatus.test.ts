import assert from "node:assert/strict";
import { modelActions } from "../../../../src/extension/model/modelActions";
import { describeModelHome } from "../../../../src/extension/model/modelHome";
import { modelStatusText } from "../../../../src/extension/model/modelStatusText";
import type { ModelStatus } from "../../../../src/protocol/inference/model";
import {
	answerStats,
	chatState,
	crash,
	endedTurn,
	runningTurn,
	userTurn,
} from "../../../support/view/chatStates";

const here = "";
const name = "tiny-chat";
const question = userTurn("u1", "Hello");

function shown(model: ModelStatus) {
	return modelStatusText(chatState({ model }), here);
}

const progress = {
	receivedBytes: 30,
	totalBytes: 100,
	bytesPerSecond: 0,
	activity: "receiving",
} as const;

describe("the status bar item", () => {
	it("shows each state of the model", () => {
		const detail = "/models/tiny-chat.gguf";
		const texts = [
			shown({ kind: "unloaded", name, detail, gpu: "auto" }),
			shown({ kind: "starting", name }),
			shown({ kind: "downloading", name, progress }),
			shown({ kind: "loading", name, fraction: 0.4 }),
			modelStatusText(chatState(), here),
			shown({ kind: "failed", name, failure: crash }),
		].map(({ text, accessibleName }) => [text, accessibleName]);
		assert.deepEqual(texts, [
			["$(circle-outline) tiny-chat", "Local LLM: tiny-chat, not loaded"],
			["$(loading~spin) tiny-chat", "Local LLM: tiny-chat, starting"],
			["$(cloud-download) tiny-chat downloading 30%", "Local LLM: tiny-chat, downloading 30%"],
			["$(loading~spin) tiny-chat loading 40%", "Local LLM: tiny-chat, loading 40%"],
			["$(chip) tiny-chat", "Local LLM: tiny-chat, ready"],
			["$(warning) tiny-chat", "Local LLM: tiny-chat, not available"],
		]);
	});

	it("shows that an answer is being generated", () => {
		const { accessibleName } = modelStatusText(
			chatState({ turns: [question, runningTurn("a1")] }),
			here,
		);
		assert.equal(accessibleName, "Local LLM: tiny-chat, answering");
	});

	it("shows the device, its reason, the memory, and the rate of the last answer in its tooltip", () => {
		const { tooltip } = modelStatusText(
			chatState({ turns: [question, endedTurn("a1", "Hi")] }),
			here,
		);
		assert.equal(
			tooltip,
			[
				"tiny-chat: ready",
				"CPU, 1 thread. No GPU backend works on this machine.",
				"Memory: 2.0 MB",
				"Context: 512 tokens",
				"Last answer: 450 tokens/s",
			].join("\n"),
		);
		assert.equal(answerStats.answerTokens, 45);
	});

	it("shows the rate of the last answer that has one", () => {
		const failed = endedTurn("a2", "", { kind: "failed", failure: crash });
		const turns = [question, endedTurn("a1", "Hi"), userTurn("u2", "Again"), failed];
		assert.match(modelStatusText(chatState({ turns }), here).tooltip, /450 tokens\/s/);
	});

	it("is a warning if the model failed, and its tooltip says why", () => {
		const { isWarning, tooltip } = shown({ kind: "failed", name, failure: crash });
		assert.equal(isWarning, true);
		assert.match(tooltip, /ended unexpectedly \(SIGABRT\)/);
		assert.equal(modelStatusText(chatState(), here).isWarning, false);
	});

	it("ends its tooltip with the machine that the model runs on, if given", () => {
		const { tooltip } = modelStatusText(chatState(), "The model runs elsewhere.");
		assert.match(tooltip, /\nThe model runs elsewhere\.$/);
	});

	it("escapes icons in the name of a model", () => {
		const { text } = shown({ kind: "starting", name: "$(bug) model" });
		assert.equal(text, "$(loading~spin) $ (bug) model");
	});
});

describe("describeModelHome", () => {
	it("names this machine if the window has no remote", () => {
		const place = { remoteName: undefined, runsRemotely: false, hostName: "desk" };
		assert.equal(describeModelHome(place), "The model runs on this machine.");
	});

	it("names the remote machine if the extension runs there", () => {
		assert.equal(
			describeModelHome({ remoteName: "ssh-remote", runsRemotely: true, hostName: "build-7" }),
			"The model runs on the remote machine “build-7”, reached through SSH.",
		);
		assert.match(
			describeModelHome({ remoteName: "127.0.0.1:8080", runsRemotely: true, hostName: "desk" }),
			/reached through a server\.$/,
		);
	});

	it("names the user's own machine if the extension runs there", () => {
		assert.equal(
			describeModelHome({ remoteName: "wsl", runsRemotely: false, hostName: "desk" }),
			"The model runs on the machine in front of you, not on the remote machine of this window (WSL).",
		);
	});
});

describe("the actions of the status bar item", () => {
	const commandsOf = (turns: Parameters<typeof chatState>[0]) =>
		modelActions(chatState(turns)).map(({ command }) => command);

	it("offer to stop a running answer, and to unload an idle model", () => {
		const idle = commandsOf({});
		assert.ok(idle.includes("localLlm.unloadModel") && !idle.includes("localLlm.stop"));
		const answering = commandsOf({ turns: [question, runningTurn("a1")] });
		assert.equal(answering[0], "localLlm.stop");
		assert.ok(!answering.includes("localLlm.unloadModel"));
		const unloaded = commandsOf({ model: { kind: "starting", name } });
		assert.ok(!unloaded.includes("localLlm.unloadModel") && !unloaded.includes("localLlm.stop"));
	});

	it("always include the chat, the models, the report, and the log", () => {
		for (const command of [
			"localLlm.openChat",
			"localLlm.selectModel",
			"localLlm.showDeviceReport",
			"localLlm.showLog",
		] as const) {
			assert.ok(commandsOf({}).includes(command), command);
		}
	});
});
