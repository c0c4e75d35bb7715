import assert from "node:assert/strict";
import { ConfigurationTarget, Uri, workspace } from "vscode";
import type { ChatSettings } from "../../src/protocol/chat/chat";
import {
	chatSettingKeys,
	chatSettingsOf,
	defaultSettings,
	settingKeys,
	type Settings,
} from "../../src/extension/settings/settingsSchema";
import { until } from "../support/until";
import { startChat, type RunningChat } from "./extension";

const defaults = chatSettingsOf(defaultSettings);
const changed: ChatSettings = {
	systemPrompt: "You are Bolton, a brave pirate.",
	maxTokens: 77,
	temperature: 0,
	streaming: false,
	markdown: false,
};

/** Machine settings that a workspace might try to set. No value is the default. */
const ofTheMachine = {
	model: "/absent/of-the-workspace.gguf",
	contextSize: 16,
	gpu: "cuda",
	gpuLayers: 3,
	threads: 7,
	unloadAfterMinutes: 0.01,
	preload: false,
	stateCacheMegabytes: 1,
	modelEndpoint: "https://attacker.invalid",
} as const satisfies Partial<Settings>;

async function set(key: string, value: unknown, target: ConfigurationTarget): Promise<void> {
	await workspace.getConfiguration("localLlm").update(key, value, target);
}

describe("the settings", () => {
	let running: RunningChat;
	beforeEach(async () => {
		running = await startChat();
	});
	afterEach(async () => {
		for (const key of chatSettingKeys) {
			await set(key, undefined, ConfigurationTarget.Global);
			await set(key, undefined, ConfigurationTarget.Workspace);
		}
		await set("gpu", undefined, ConfigurationTarget.Global);
		const folder = Uri.joinPath(workspace.workspaceFolders![0]!.uri, ".vscode");
		await Promise.resolve(workspace.fs.delete(folder, { recursive: true })).catch(() => undefined);
	});
	const state = () => running.chat.store.state.settings;

	it("are the defaults at first", () => {
		assert.deepEqual(state(), {
			effective: defaults,
			user: defaults,
			overriddenByWorkspace: [],
			thinking: "auto",
		});
	});

	it("changed in VS Code reach the chat at once", async () => {
		for (const key of chatSettingKeys) {
			await set(key, changed[key], ConfigurationTarget.Global);
		}
		await until("all five are changed", () => state().effective.markdown === changed.markdown);
		assert.deepEqual(state().effective, changed);
		assert.deepEqual(state().user, changed);
	});

	it("saved in the chat's dialog become VS Code's user settings", async () => {
		await running.chat.perform({ type: "saveSettings", settings: changed });
		const configuration = workspace.getConfiguration("localLlm");
		for (const key of chatSettingKeys) {
			assert.equal(configuration.inspect(key)?.globalValue, changed[key], key);
		}
		assert.deepEqual(state().user, changed);
	});

	it("that keep their value are not written", async () => {
		await running.chat.perform({
			type: "saveSettings",
			settings: { ...defaults, temperature: 0.5 },
		});
		const written = chatSettingKeys.filter(
			(key) => workspace.getConfiguration("localLlm").inspect(key)?.globalValue !== undefined,
		);
		assert.deepEqual(written, ["temperature"]);
	});

	it("of a workspace win, and are marked as overrides", async () => {
		await set("temperature", 0.1, ConfigurationTarget.Global);
		await set("temperature", 1.5, ConfigurationTarget.Workspace);
		await until("the workspace's value is in force", () => state().effective.temperature === 1.5);
		assert.equal(state().user.temperature, 0.1);
		assert.deepEqual(state().overriddenByWorkspace, ["temperature"]);
	});

	it("of a workspace, even a trusted one, choose no model, no host, and no resource of the machine", async () => {
		const chatKeys: readonly string[] = [...chatSettingKeys, "thinking"];
		const keys = settingKeys.filter((key) => !chatKeys.includes(key));
		assert.deepEqual(keys.toSorted(), Object.keys(ofTheMachine).toSorted());
		const inForce = () =>
			Object.fromEntries(keys.map((key) => [key, workspace.getConfiguration("localLlm").get(key)]));
		const before = inForce();
		for (const key of keys) {
			const value = ofTheMachine[key as keyof typeof ofTheMachine];
			await assert.rejects(set(key, value, ConfigurationTarget.Workspace), /User settings/i, key);
		}
		assert.deepEqual(inForce(), before);
		assert.equal(running.languageModel.settingsChanges, 0);
	});

	it("out of range become the nearest value in range", async () => {
		await set("maxTokens", 0, ConfigurationTarget.Global);
		await until("the value is in force", () => state().effective.maxTokens === 1);
	});

	it("reach the model if they change it, and Use CPU turns the GPU off", async () => {
		await running.chat.perform({ type: "retryOnCpu" });
		assert.equal(workspace.getConfiguration("localLlm").get("gpu"), "off");
		assert.ok(running.languageModel.settingsChanges > 0);
	});
});
