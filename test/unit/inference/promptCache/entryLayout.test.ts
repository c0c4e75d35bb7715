import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { isSound } from "../../../../src/inference/promptCache/entryLayout";
import { temporaryFolder } from "../../../support/temporaryFolder";

const tokens = [5, 6, 7, 8];

interface Cache {
	readonly cells?: number;
	/** Of a position in more than one dimension. */
	readonly extraBytes?: number;
	readonly isTransposed?: boolean;
	readonly hasValues?: boolean;
}

function uint32(...values: readonly number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, at) => bytes.writeUInt32LE(value >>> 0, at * 4));
	return bytes;
}

/** @returns a cache of two layers, whose rows have six bytes. */
function cacheOf({
	cells = 4,
	extraBytes = 0,
	isTransposed = false,
	hasValues = true,
}: Cache = {}) {
	const cell = (position: number): Buffer =>
		Buffer.concat([uint32(position, 1), Buffer.alloc(extraBytes), uint32(0)]);
	const keys = Buffer.concat([uint32(1, 6, 0), Buffer.alloc(cells * 6)]);
	const values = isTransposed ? Buffer.concat([uint32(1, 2, 3), Buffer.alloc(cells * 6)]) : keys;
	return Buffer.concat([
		uint32(1, cells),
		...(cells === 0
			? []
			: [
					...Array.from({ length: cells }, (_, at) => cell(at)),
					uint32(Number(isTransposed), 2),
					keys,
					keys,
					...(hasValues ? [values, values] : []),
				]),
	]);
}

function stateOf(...caches: readonly Buffer[]): Buffer {
	return Buffer.concat([uint32(0x67677371, 2, tokens.length, ...tokens), ...caches]);
}

describe("the file of a state", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	async function check(state: Buffer, knowsLayout = true): Promise<boolean> {
		const file = path.join(folder.path, "x.state");
		await writeFile(file, state);
		return isSound(file, tokens, knowsLayout);
	}

	const sound: Record<string, Buffer> = {
		"one cache": stateOf(cacheOf()),
		"fewer cells than tokens": stateOf(cacheOf({ cells: 2 })),
		"transposed values": stateOf(cacheOf({ isTransposed: true })),
		"no values": stateOf(cacheOf({ hasValues: false })),
		"positions in several dimensions": stateOf(cacheOf({ extraBytes: 8 })),
		"an empty cache": stateOf(cacheOf({ cells: 0 })),
		"two caches": stateOf(cacheOf(), cacheOf({ cells: 1, isTransposed: true })),
		"an empty cache behind another": stateOf(cacheOf(), cacheOf({ cells: 0 })),
	};
	for (const [what, state] of Object.entries(sound)) {
		it(`is sound with ${what}, and not with a byte less or more`, async () => {
			assert.equal(await check(state), true);
			assert.equal(await check(state.subarray(0, -1)), false);
			assert.equal(await check(Buffer.concat([state, Buffer.alloc(1)])), false);
		});
	}

	it("is not sound wherever it is cut behind its beginning", async () => {
		const whole = stateOf(cacheOf({ isTransposed: true }));
		const withoutValues = stateOf(cacheOf({ hasValues: false })).length;
		for (let length = 4; length < whole.length; length += 1) {
			assert.equal(await check(whole.subarray(0, length)), length === withoutValues, `${length}`);
		}
	});

	it("is not sound with a number that promises more than it has", async () => {
		const whole = stateOf(cacheOf());
		const cells = 12 + 4 * tokens.length + 4;
		const layers = cells + 4 + 12 * 4 + 4;
		const numbers = [8, 12, cells - 4, cells, cells + 8, layers, layers + 8, layers + 12];
		for (const at of numbers) {
			for (const value of [0x7fffffff, 0xffffffff]) {
				const changed = Buffer.from(whole);
				changed.writeUInt32LE(value, at);
				assert.equal(await check(changed), false, `${value} at ${at}`);
			}
		}
	});

	it("is left to llama.cpp where it does not begin as one", async () => {
		assert.equal(await check(Buffer.from("not what llama.cpp writes")), true);
		assert.equal(await check(Buffer.alloc(0)), true);
	});

	it("is not looked through behind its tokens where the model's memory is of another kind", async () => {
		assert.equal(await check(stateOf(Buffer.from("recurrent")), false), true);
		const other = stateOf(Buffer.from("recurrent"));
		other.writeUInt32LE(9, 12);
		assert.equal(await check(other, false), false);
	});
});
