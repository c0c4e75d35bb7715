import assert from "node:assert/strict";
import * as v from "valibot";
import { catalogue } from "../../../../src/extension/modelPicker/catalogue";
import { checked } from "../../../../src/extension/modelPicker/catalogue.json";
import { defaultSettings } from "../../../../src/extension/settings/settingsSchema";
import { describePurpose } from "../../../../src/extension/modelPicker/purposes";
import { parseModelSource } from "../../../../src/protocol/download/modelSource";

const uses = ["chat", "code", "completion", "thinking", "tools"] as const;
const templates = ["ChatML", "Granite", "Harmony", "Llama 3", "Mistral"] as const;
/** The largest file that still runs on a machine with 32 GB of memory. */
const largestFileBytes = 24e9;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(60));
const schema = v.strictObject({
	name: line,
	address: v.pipe(v.string(), v.regex(/^hf:[\w.-]+\/[\w.-]+:(?:Q4_K_M|MXFP4)$/)),
	fileBytes: v.pipe(count, v.maxValue(largestFileBytes)),
	license: line,
	parameterCount: count,
	layers: count,
	trainedContextTokens: count,
	cacheBytesPerToken: count,
	template: v.picklist(templates),
	uses: v.pipe(
		v.array(v.picklist(uses)),
		v.minLength(1),
		v.check((values) => isUnique(values)),
	),
	sources: v.pipe(
		v.array(v.pipe(v.string(), v.url(), v.startsWith("https://"))),
		v.minLength(2),
		v.check((values) => isUnique(values)),
	),
});

function isUnique(values: readonly string[]): boolean {
	return new Set(values).size === values.length;
}

describe("the model catalog", () => {
	it("states the day on which it was checked", () => {
		const day = new Date(checked);
		assert.equal(day.toISOString().slice(0, 10), checked);
		assert.ok(day >= new Date("2026-12-01"));
	});

	it("lists the default model first, then the others from small to large", () => {
		assert.equal(catalogue[0]?.address, defaultSettings.model);
		const sizes = catalogue.slice(1).map(({ fileBytes }) => fileBytes);
		assert.deepEqual(
			sizes,
			[...sizes].sort((a, b) => a - b),
		);
	});

	it("describes the purpose of each model in different words", () => {
		const purposes = catalogue.map(describePurpose);
		for (const purpose of purposes) {
			v.assert(line, purpose);
		}
		assert.ok(isUnique(purposes));
	});

	it("lists each model once", () => {
		assert.ok(isUnique(catalogue.map(({ address }) => address.toLowerCase())));
		assert.ok(isUnique(catalogue.map(({ name }) => name)));
	});

	for (const use of uses) {
		it(`offers a model for ${use} that is smaller than 6 GB`, () => {
			assert.ok(catalogue.some((model) => model.uses.includes(use) && model.fileBytes < 6e9));
		});
	}

	for (const model of catalogue) {
		describe(model.name, () => {
			it("has all required fields and no others", () => {
				assert.ok(v.is(schema, model), JSON.stringify(v.safeParse(schema, model).issues));
				assert.ok(parseModelSource(model.address));
			});

			it("lists the repository of its file among its sources", () => {
				const [, repository = ""] = /^hf:([^:]+):/.exec(model.address) ?? [];
				const page = new URL(`https://huggingface.co/${repository}`).href;
				assert.ok(model.sources.some((source) => `${source}/`.startsWith(`${page}/`)));
			});

			it("takes 4 to 6.5 bits per parameter, as 4-bit quantization does", () => {
				const bitsPerParameter = (8 * model.fileBytes) / model.parameterCount;
				assert.ok(bitsPerParameter > 4 && bitsPerParameter < 6.5, String(bitsPerParameter));
			});

			it("caches whole key and value vectors in each layer", () => {
				// Two bytes per number, for keys and for values, in heads whose width is a multiple of 64. Hybrid models
				// cache them in every fourth layer only, but their heads are four times as wide.
				assert.equal(model.cacheBytesPerToken % (model.layers * 2 * 2 * 64), 0);
			});
		});
	}
});
