import assert from "node:assert/strict";
import {
	defaultSettings,
	parseSettings,
	settingKeys,
} from "../../../../src/extension/settings/settingsSchema";
import { declaredSettings, manifest } from "../manifest";

/**
 * What a setting decides, and so who may set it: a workspace is written by others, and one that is not trusted
 * must not even put words into the model's mouth.
 */
type Decides =
	/** The person or the machine alone: machine or application scope. */
	| "where a file or a host is"
	| "what the machine spends"
	/** A trusted workspace, too: named in `restrictedConfigurations`. */
	| "what the model is told"
	/** Any workspace. */
	| "how long an answer is and how it looks";

/** Every setting; a new one belongs here first. */
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

/** @returns the names of the settings that decide about one of these, as the manifest writes them. */
function settingsThat(...decides: readonly Decides[]): string[] {
	return settingKeys
		.filter((key) => decides.includes(decisions[key]))
		.map((key) => `localLlm.${key}`);
}

describe("A workspace", () => {
	it("has a rule for every setting that the manifest declares", () => {
		assert.deepEqual(
			Object.keys(declaredSettings).toSorted(),
			Object.keys(decisions)
				.map((key) => `localLlm.${key}`)
				.toSorted(),
		);
	});

	it("never decides where a file or a host is, nor what the machine spends", () => {
		for (const id of settingsThat("where a file or a host is", "what the machine spends")) {
			assert.match(declaredSettings[id]!.scope, /^machine$/, id);
		}
	});

	it("sets nothing else of what speaks of paths, addresses, memory or processors", () => {
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

	it("tells the model nothing before it is trusted", () => {
		assert.equal(untrustedWorkspaces.supported, "limited");
		assert.deepEqual(
			untrustedWorkspaces.restrictedConfigurations,
			settingsThat("what the model is told"),
		);
	});

	it("is told so in words that name what it may not set", () => {
		assert.match(untrustedWorkspaces.description, /cannot set the system prompt/);
		assert.match(untrustedWorkspaces.description, /no workspace can choose the model/);
	});
});

describe("The settings that a workspace may write", () => {
	it("carry nothing on that is no setting, and change no prototype", () => {
		const raw = JSON.parse(
			'{"temperature":1,"__proto__":{"polluted":true},"command":"x","constructor":{"prototype":{"polluted":true}}}',
		) as Record<string, unknown>;
		const parsed = parseSettings(raw);
		assert.deepEqual(parsed, { ...defaultSettings, temperature: 1 });
		assert.equal(({} as Record<string, unknown>).polluted, undefined);
	});

	it("are bounded, however large they are written", () => {
		const parsed = parseSettings({
			systemPrompt: "x".repeat(1_000_000),
			maxTokens: 1e300,
			temperature: 1e300,
		});
		assert.equal(parsed.systemPrompt.length, 32_768);
		assert.equal(parsed.maxTokens, 131_072);
		assert.equal(parsed.temperature, 2);
	});

	it("fall back to the default where they are of another kind, each by itself", () => {
		for (const key of settingKeys) {
			for (const oddity of [null, undefined, {}, [], () => 1, Symbol.iterator]) {
				const parsed = parseSettings({ ...defaultSettings, [key]: oddity });
				assert.deepEqual(parsed, defaultSettings, key);
			}
		}
	});
});
