import assert from "node:assert/strict";
import {
	defaultSettings,
	parseSettings,
	settingKeys,
} from "../../../../src/extension/settings/settingsSchema";
import { declaredSettings, manifest } from "../manifest";

/**
 * The effect of a setting, which determines who may set it. Other people write workspaces, so an untrusted one may not
 * even change the system prompt.
 */
type Decides =
	/** Only the user or the machine may set it: machine or application scope. */
	| "where a file or a host is"
	| "what the machine spends"
	/** A trusted workspace may set it too: it is in `restrictedConfigurations`. */
	| "what the model is told"
	/** Any workspace may set it. */
	| "how long an answer is and how it looks";

/** The effect of each setting. Add a new setting here first. */
const decisions: Readonly<Record<keyof typeof defaultSettings, Decides>> = {
	systemPrompt: "what the model is told",
	maxTokens: "how long an answer is and how it looks",
	temperature: "how long an answer is and how it looks",
	streaming: "how long an answer is and how it looks",
	markdown: "how long an answer is and how it looks",
	thinking: "how long an answer is and how it looks",
	model: "where a file or a host is",
	modelEndpoint: "where a file or a host is",
	contextSize: "what the machine spends",
	gpu: "what the machine spends",
	gpuLayers: "what the machine spends",
	threads: "what the machine spends",
	unloadAfterMinutes: "what the machine spends",
	preload: "what the machine spends",
	stateCacheMegabytes: "what the machine spends",
};

const { untrustedWorkspaces } = manifest.capabilities;

/** Returns the ids of the settings with one of these effects, as in the manifest. */
function settingsThat(...decides: readonly Decides[]): string[] {
	return settingKeys
		.filter((key) => decides.includes(decisions[key]))
		.map((key) => `localLlm.${key}`);
}

describe("the restrictions of a workspace", () => {
	it("cover every setting in the manifest", () => {
		assert.deepEqual(
			Object.keys(declaredSettings).toSorted(),
			Object.keys(decisions)
				.map((key) => `localLlm.${key}`)
				.toSorted(),
		);
	});

	it("reserve files, hosts, and resources of the machine for machine scope", () => {
		for (const id of settingsThat("where a file or a host is", "what the machine spends")) {
			assert.match(declaredSettings[id]!.scope, /^machine$/, id);
		}
	});

	it("let it set nothing that mentions paths, addresses, memory, or processors", () => {
		const open = settingsThat("what the model is told", "how long an answer is and how it looks");
		for (const id of open) {
			const words = `${id} ${declaredSettings[id]!.markdownDescription}`;
			assert.doesNotMatch(
				words,
				/\b(?:path|file|folder|directory|address|host|url|https?|proxy|mirror|port|token to|memory|gpu|cpu|processor|threads?|layers?|disk|command|program|environment)\b/i,
				id,
			);
			assert.equal(declaredSettings[id]!.scope, "window", id);
		}
	});

	it("keep an untrusted workspace from telling the model anything", () => {
		assert.equal(untrustedWorkspaces.supported, "limited");
		assert.deepEqual(
			untrustedWorkspaces.restrictedConfigurations,
			settingsThat("what the model is told"),
		);
	});

	it("are described in the manifest, which names the system prompt and the model", () => {
		assert.match(untrustedWorkspaces.description, /cannot set the system prompt/);
		assert.match(untrustedWorkspaces.description, /no workspace can choose the model/);
	});
});

describe("settings from a workspace", () => {
	it("add no unknown keys, and change no prototype", () => {
		const raw = JSON.parse(
			'{"temperature":1,"__proto__":{"polluted":true},"command":"x","constructor":{"prototype":{"polluted":true}}}',
		) as Record<string, unknown>;
		const parsed = parseSettings(raw);
		assert.deepEqual(parsed, { ...defaultSettings, temperature: 1 });
		assert.equal(({} as Record<string, unknown>).polluted, undefined);
	});

	it("are bounded, however large their values are", () => {
		const parsed = parseSettings({
			systemPrompt: "x".repeat(1_000_000),
			maxTokens: 1e300,
			temperature: 1e300,
		});
		assert.equal(parsed.systemPrompt.length, 32_768);
		assert.equal(parsed.maxTokens, 131_072);
		assert.equal(parsed.temperature, 2);
	});

	it("each fall back to the default if their type is wrong", () => {
		for (const key of settingKeys) {
			for (const oddity of [null, undefined, {}, [], () => 1, Symbol.iterator]) {
				const parsed = parseSettings({ ...defaultSettings, [key]: oddity });
				assert.deepEqual(parsed, defaultSettings, key);
			}
		}
	});
});
