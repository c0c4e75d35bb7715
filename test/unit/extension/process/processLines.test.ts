import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { LineBudget } from "../../../../src/extension/process/lineBudget";
import { ProcessLines } from "../../../../src/extension/process/processLines";

async function linesOf(...chunks: readonly (string | Buffer)[]): Promise<readonly string[]> {
	const lines = new ProcessLines(50, () => undefined);
	const stream = new PassThrough();
	lines.read(stream);
	for (const chunk of chunks) {
		stream.write(chunk);
	}
	stream.end();
	await finished(stream);
	return lines.last;
}

describe("the output lines of a process", () => {
	it("do not depend on how the output is split into chunks", async () => {
		const written = "first\r\nsecond ü 🙂\n\n   \nlast without an end";
		const whole = ["first", "second ü 🙂", "last without an end"];
		const bytes = Buffer.from(written);
		for (let size = 1; size <= bytes.length; size += 1) {
			const chunks: Buffer[] = [];
			for (let from = 0; from < bytes.length; from += size) {
				chunks.push(bytes.subarray(from, from + size));
			}
			assert.deepEqual(await linesOf(...chunks), whole);
		}
	});

	it("keep their indentation", async () => {
		assert.deepEqual(await linesOf("  at frame 1\n\tat frame 2\n"), [
			"  at frame 1",
			"\tat frame 2",
		]);
	});

	it("keep their beginning and end if they are long, and say how much is left out", async () => {
		const [line] = await linesOf(`begin${"x".repeat(50_000)}`, `${"y".repeat(50_000)}end\n`);
		assert.match(line ?? "", /^beginx{1995} \[… 96,008 characters left out …\] y{1997}end$/);
	});

	it("are complete up to 4,000 characters", async () => {
		const line = "z".repeat(4000);
		assert.deepEqual(await linesOf(`${line}\n`), [line]);
		assert.match((await linesOf(`${line}z\n`))[0] ?? "", /\[… 1 characters left out …\]/);
	});

	it("split no character", async () => {
		const [line] = await linesOf(`a${"🙂".repeat(10_000)}b\n`);
		assert.doesNotMatch(line ?? "", /\p{Surrogate}/u);
	});

	it("are kept up to a total length", async () => {
		const last = await linesOf(`${"l".repeat(4000)}\n`.repeat(100));
		assert.equal(last.length, 10);
	});
});

describe("LineBudget", () => {
	it("writes lines up to a limit per second, and counts the rest", () => {
		const written: string[] = [];
		const budget = new LineBudget((line) => written.push(line));
		for (let line = 0; line < 5000; line += 1) {
			budget.line("line", 10);
		}
		assert.equal(written.length, 1000);
		budget.line("later", 1011);
		assert.deepEqual(written.slice(1000), ["4,000 lines left out: too many at a time", "later"]);
		budget.tell();
		assert.equal(written.length, 1002);
	});
});
