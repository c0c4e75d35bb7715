import assert from "node:assert/strict";
import {
	defaultSettings,
	parseSettings,
	settingKeys,
} from "../../../../src/extension/settings/settingsSchema";
import { declaredSettings } from "../manifest";

describe("the settings", () => {
	it("have the same defaults in the manifest and in the code", () => {
		const defaults = Object.entries(declaredSettings).map(([id, { default: value }]) => [
			id.replace(/^localLlm\./, ""),
			value,
		]);
		assert.deepEqual(Object.fromEntries(defaults), defaultSettings);
	});

	it("have the same ranges and choices in the manifest and in the code", () => {
		for (const key of settingKeys) {
			const { minimum, maximum, maxLength, enum: choices } = declaredSettings[`localLlm.${key}`]!;
			if (minimum !== undefined && maximum !== undefined) {
				assert.equal(parseSettings({ [key]: minimum - 1 })[key], minimum, key);
				assert.equal(parseSettings({ [key]: maximum + 1 })[key], maximum, key);
				assert.equal(parseSettings({ [key]: maximum })[key], maximum, key);
			}
			if (maxLength !== undefined) {
				const parsed = parseSettings({ [key]: "x".repeat(maxLength + 1) })[key];
				assert.equal(parsed, "x".repeat(maxLength), key);
			}
			for (const choice of choices ?? []) {
				assert.equal(parseSettings({ [key]: choice })[key], choice, key);
			}
		}
	});
});

describe("parseSettings", () => {
	it("returns the defaults for no values", () => {
		assert.deepEqual(parseSettings({}), defaultSettings);
	});

	it("keeps valid values", () => {
		const settings = { ...defaultSettings, temperature: 0, maxTokens: 1, streaming: false };
		assert.deepEqual(parseSettings(settings), settings);
	});

	it("never throws, whatever settings.json contains", () => {
		const oddities = [
			null,
			"",
			"abc",
			-1,
			1.5,
			Number.POSITIVE_INFINITY,
			Number.NaN,
			true,
			[],
			{},
			["auto"],
		];
		for (const key of settingKeys) {
			for (const oddity of oddities) {
				const value = parseSettings({ [key]: oddity })[key];
				// These settings accept "auto" and numbers.
				const hasNumbers = key === "gpuLayers" || key === "thinking";
				const types = hasNumbers ? ["string", "number"] : [typeof defaultSettings[key]];
				assert.ok(types.includes(typeof value), `${key}: ${JSON.stringify(oddity)}`);
				assert.ok(typeof value !== "number" || Number.isFinite(value), key);
			}
		}
	});

	it("accepts a number of GPU layers, and falls back to automatic", () => {
		const layers = (value: unknown): unknown => parseSettings({ gpuLayers: value }).gpuLayers;
		assert.deepEqual([12, 2.4, -3, 5000].map(layers), [12, 2, 0, 1024]);
		assert.deepEqual(["auto", "12", null, NaN, [3]].map(layers), Array(5).fill("auto"));
	});

	it("accepts a number of thinking tokens, and falls back to automatic", () => {
		const thinking = (value: unknown): unknown => parseSettings({ thinking: value }).thinking;
		assert.deepEqual([12, 2.4, -3, 1e9].map(thinking), [12, 2, 1, 131_072]);
		assert.deepEqual(["on", "off", "auto"].map(thinking), ["on", "off", "auto"]);
		assert.deepEqual(["12", "ON", null, NaN, [3]].map(thinking), Array(5).fill("auto"));
	});

	it("rounds settings that are whole numbers", () => {
		assert.equal(parseSettings({ maxTokens: 10.6 }).maxTokens, 11);
		assert.equal(parseSettings({ temperature: 0.25 }).temperature, 0.25);
	});
});
