import assert from "node:assert/strict";
import { DrawQueue } from "../../../../src/webview/drawing/drawQueue";

/** A queue and what it has drawn. Only drawing advances its clock. */
class Page {
	readonly drawn: string[] = [];
	readonly queue: DrawQueue;
	#nowMs = 0;
	#later: (() => void) | undefined;

	constructor() {
		this.queue = new DrawQueue(
			() => this.#nowMs,
			(slice) => {
				this.#later = slice;
			},
		);
	}

	add(name: string, costMs: number): () => void {
		const draw = (): void => {
			this.#nowMs += costMs;
			this.drawn.push(name);
		};
		this.queue.add(draw);
		return draw;
	}

	/** The page had time for other work. */
	next(): void {
		const slice = this.#later;
		this.#later = undefined;
		slice?.();
	}
}

describe("DrawQueue", () => {
	it("draws the latest first, at once", async () => {
		const page = new Page();
		for (const name of ["a", "b", "c"]) {
			page.add(name, 1);
		}
		assert.deepEqual(page.drawn, []);
		await Promise.resolve();
		assert.deepEqual(page.drawn, ["c", "b", "a"]);
	});

	it("lets the page breathe after 25 milliseconds", async () => {
		const page = new Page();
		for (const name of ["a", "b", "c", "d"]) {
			page.add(name, 13);
		}
		await Promise.resolve();
		assert.deepEqual(page.drawn, ["d", "c"]);
		page.next();
		assert.deepEqual(page.drawn, ["d", "c", "b", "a"]);
	});

	it("makes room for additions while it draws", async () => {
		const page = new Page();
		for (const name of ["a", "b"]) {
			page.add(name, 30);
		}
		await Promise.resolve();
		page.add("new", 30);
		page.next();
		assert.deepEqual(page.drawn, ["b", "new"]);
	});

	it("forgets elements that have left the page", async () => {
		const page = new Page();
		page.queue.remove(page.add("a", 1));
		page.add("b", 1);
		await Promise.resolve();
		assert.deepEqual(page.drawn, ["b"]);
	});

	it("continues after a drawing that failed", async () => {
		const page = new Page();
		page.add("a", 30);
		page.queue.add(() => {
			throw new Error("cannot be drawn");
		});
		page.add("c", 30);
		await Promise.resolve();
		assert.throws(() => {
			page.next();
		}, /cannot be drawn/);
		page.next();
		assert.deepEqual(page.drawn, ["c", "a"]);
	});

	it("continues after a drawing that failed asynchronously", async () => {
		const page = new Page();
		page.add("a", 1);
		const isEmpty = page.queue.empty();
		page.queue.add(() => Promise.reject(new Error("cannot be drawn")));
		const rejected = nextRejection();
		assert.match(String(await rejected), /cannot be drawn/);
		assert.deepEqual(page.drawn, []);
		page.next();
		assert.deepEqual(page.drawn, ["a"]);
		await isEmpty;
	});

	it("waits for an asynchronous drawing, and lets the page breathe after it", async () => {
		const page = new Page();
		page.add("a", 1);
		let finish = (): void => undefined;
		page.queue.add(
			() =>
				new Promise((resolve) => {
					finish = resolve;
				}),
		);
		await Promise.resolve();
		page.next();
		assert.deepEqual(page.drawn, []);
		finish();
		await Promise.resolve();
		assert.deepEqual(page.drawn, []);
		page.next();
		assert.deepEqual(page.drawn, ["a"]);
	});

	it("reports when everything is drawn", async () => {
		const page = new Page();
		await page.queue.empty();
		page.add("a", 30);
		page.add("b", 30);
		let isEmpty = false;
		const empty = page.queue.empty().then(() => {
			isEmpty = true;
		});
		await Promise.resolve();
		assert.equal(isEmpty, false);
		page.next();
		await empty;
		assert.deepEqual(page.drawn, ["b", "a"]);
	});
});

/** Returns the reason of the next unhandled rejection, and hides the rejection from Mocha. */
async function nextRejection(): Promise<unknown> {
	const listeners = process.listeners("unhandledRejection");
	process.removeAllListeners("unhandledRejection");
	try {
		return await new Promise((resolve) => process.once("unhandledRejection", resolve));
	} finally {
		for (const listener of listeners) {
			process.on("unhandledRejection", listener);
		}
	}
}
