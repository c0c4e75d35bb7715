import assert from "node:assert/strict";
import * as v from "valibot";
import { catalogue } from "../../../src/extension/model/catalogue";
import { defaultSettings } from "../../../src/extension/settingsSchema";
import { parseModelSource } from "../../../src/protocol/modelSource";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(60));
const schema = v.strictObject({
	name: line,
	address: v.pipe(v.string(), v.regex(/^hf:[\w.-]+\/[\w.-]+:Q4_K_M$/)),
	fileBytes: count,
	license: line,
	parameterCount: count,
	layers: count,
	trainedContextTokens: count,
	cacheBytesPerToken: count,
	goodFor: line,
	sources: v.pipe(v.array(v.pipe(v.string(), v.url(), v.startsWith("https://"))), v.minLength(2)),
});

describe("the catalogue", () => {
	it("begins with the default model, and goes on from small to large", () => {
		assert.equal(catalogue[0]?.address, defaultSettings.model);
		const sizes = catalogue.slice(1).map(({ fileBytes }) => fileBytes);
		assert.deepEqual(
			sizes,
			[...sizes].sort((a, b) => a - b),
		);
	});

	it("has each model once", () => {
		assert.equal(new Set(catalogue.map(({ address }) => address)).size, catalogue.length);
		assert.equal(new Set(catalogue.map(({ name }) => name)).size, catalogue.length);
	});

	for (const model of catalogue) {
		describe(model.name, () => {
			it("is complete, and says nothing beyond", () => {
				assert.ok(v.is(schema, model), JSON.stringify(v.safeParse(schema, model).issues));
				assert.ok(parseModelSource(model.address));
			});

			it("is as large as its parameters are at Q4_K_M: four to six bits and a half each", () => {
				const bitsPerParameter = (8 * model.fileBytes) / model.parameterCount;
				assert.ok(bitsPerParameter > 4 && bitsPerParameter < 6.5, String(bitsPerParameter));
			});

			it("keeps whole vectors of keys and values in each layer", () => {
				// Two bytes a number, keys and values, in heads whose width is a multiple of 64.
				assert.equal(model.cacheBytesPerToken % (model.layers * 2 * 2 * 64), 0);
			});
		});
	}
});
