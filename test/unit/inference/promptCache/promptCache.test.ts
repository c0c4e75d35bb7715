import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { stateBytes, StateFolder } from "../../../support/models/stateFolder";

/** @returns tokens that begin with `first` and go on the same way. */
function tokens(first: number, count = 10): number[] {
	return [first, ...Array.from({ length: count - 1 }, (_, index) => index)];
}

/** @returns the id of a process that is gone. */
function goneProcess(): number {
	return spawnSync(process.execPath, ["-e", ""]).pid;
}

describe("the prompt cache", () => {
	let folder: StateFolder;
	beforeEach(async () => {
		folder = await StateFolder.make();
	});
	afterEach(() => folder.remove());

	it("are there for the next process, as they were saved", async () => {
		assert.equal(await folder.save(folder.store(), tokens(1)), true);
		const store = folder.store();
		const found = await store.longest([...tokens(1), 77], false);
		assert.ok(found);
		assert.deepEqual(found.header.tokens, tokens(1));
		assert.equal(found.commonTokens, 10);
		let bytes = 0;
		assert.equal(
			await store.load(found, (file) => {
				bytes = readFileSync(file).length;
				return Promise.resolve();
			}),
			true,
		);
		assert.equal(bytes, stateBytes);
		assert.deepEqual(folder.log, []);
	});

	it("are found by the longest common beginning", async () => {
		const store = folder.store();
		await folder.save(store, [1, 2, 3, 9, 9]);
		await folder.save(store, [1, 2, 3, 4, 8, 8]);
		await folder.save(store, [5, 2, 3, 4, 5, 6]);
		const found = await store.longest([1, 2, 3, 4, 5, 6], false);
		assert.ok(found);
		assert.deepEqual(found.header.tokens, [1, 2, 3, 4, 8, 8]);
		assert.equal(found.commonTokens, 4);
		assert.equal(await store.longest([7, 2, 3], false), undefined);
	});

	it("are passed over where they say more than the prompt, if a context cannot be shortened", async () => {
		const store = folder.store();
		await folder.save(store, [1, 2, 9]);
		assert.equal(await store.longest([1, 2, 3, 4], true), undefined);
		await folder.save(store, [1, 2, 3]);
		assert.deepEqual((await store.longest([1, 2, 3, 4], true))?.header.tokens, [1, 2, 3]);
	});

	it("of another model are never looked at, and stay for it", async () => {
		await folder.save(folder.store({ key: "another" }), tokens(1));
		assert.equal(await folder.store().longest(tokens(1), false), undefined);
		assert.ok(await folder.store({ key: "another" }).longest(tokens(1), false));
	});

	it("take the place of those that they continue, and of no others", async () => {
		const store = folder.store();
		await folder.save(store, tokens(1, 5));
		await folder.save(store, tokens(2, 5));
		await folder.save(store, tokens(1, 9));
		assert.equal(folder.names(".state").length, 2);
		assert.equal((await store.longest(tokens(1, 9), false))?.commonTokens, 9);
		assert.equal((await store.longest(tokens(2, 9), false))?.commonTokens, 5);
	});

	it("can be read by nobody else", async function () {
		if (process.platform === "win32") {
			this.skip();
		}
		await folder.save(folder.store(), tokens(1));
		assert.equal(statSync(folder.path).mode & 0o777, 0o700);
		for (const name of folder.names()) {
			assert.equal(statSync(folder.file(name)).mode & 0o777, 0o600, name);
		}
	});

	describe("over the cap", () => {
		it("leave in the order in which they were used", async () => {
			const store = folder.store({ maxBytes: 2.9 * stateBytes });
			await folder.save(store, tokens(1));
			const first = folder.names(".json");
			folder.age(first, 5);
			await folder.save(store, tokens(2));
			folder.age(
				folder.names(".json").filter((name) => !first.includes(name)),
				9,
			);
			await folder.save(store, tokens(3));
			assert.deepEqual(await folder.loaded(store, tokens(1)), tokens(1));
			assert.equal(await folder.loaded(store, tokens(2)), undefined);
			assert.equal(folder.names(".state").length, 2);
		});

		it("stay if they were loaded lately", async () => {
			const store = folder.store({ maxBytes: 2.9 * stateBytes });
			await folder.save(store, tokens(1));
			await folder.save(store, tokens(2));
			folder.age(folder.names(".json"), 9);
			assert.ok(await folder.loaded(store, tokens(1)));
			await folder.save(store, tokens(3));
			assert.ok(await folder.loaded(folder.store(), tokens(1)));
			assert.equal(await folder.loaded(folder.store(), tokens(2)), undefined);
		});

		it("are not kept if one alone is, nor written if that is expected", async () => {
			const store = folder.store({ maxBytes: stateBytes / 2 });
			let writes = 0;
			const write = async (file: string): Promise<number> => {
				writes += 1;
				await writeFile(file, Buffer.alloc(stateBytes));
				return stateBytes;
			};
			const state = { tokens: tokens(1), msPerToken: 1, mark: await store.mark(), write };
			assert.equal(await store.save({ ...state, expectedBytes: stateBytes }), false);
			assert.equal(writes, 0);
			assert.equal(await store.save({ ...state, expectedBytes: 1 }), false);
			assert.equal(writes, 1);
			assert.deepEqual(folder.names(), []);
		});

		it("are all removed once there are to be none", async () => {
			await folder.save(folder.store(), tokens(1));
			await folder.store({ maxBytes: 0 }).tidy();
			assert.deepEqual(folder.names(), []);
		});
	});

	describe("that are not what they were", () => {
		const damages = {
			"with one bit flipped": (content: Buffer) => {
				content.writeUInt8(content.readUInt8(500) ^ 1, 500);
				return content;
			},
			"cut off": (content: Buffer) => content.subarray(0, 700),
			"with something behind": (content: Buffer) => Buffer.concat([content, Buffer.from("x")]),
			empty: () => Buffer.alloc(0),
		};
		for (const [how, damage] of Object.entries(damages)) {
			it(`are removed unloaded: ${how}`, async () => {
				await folder.save(folder.store(), tokens(1));
				const [state] = folder.names(".state");
				folder.put(state!, damage(readFileSync(folder.file(state!))));
				const store = folder.store();
				const found = await store.longest(tokens(1), false);
				assert.ok(found);
				const load = (): Promise<void> => Promise.reject(new Error("was loaded"));
				assert.equal(await store.load(found, load), false);
				assert.deepEqual(folder.names(), []);
				assert.match(folder.log.join(), /it is damaged/);
			});
		}

		it("are removed unloaded: with a header that names other tokens", async () => {
			await folder.save(folder.store(), tokens(1));
			const [header] = folder.names(".json");
			const text = readFileSync(folder.file(header!), "utf8");
			folder.put(header!, text.replace('"tokens":[1,', '"tokens":[2,'));
			assert.equal(await folder.loaded(folder.store(), tokens(2)), undefined);
			assert.deepEqual(folder.names(), []);
		});

		const headers = {
			"of another version": (text: string) => text.replace('"version":1', '"version":2'),
			"cut off": (text: string) => text.slice(0, 40),
			empty: () => "",
		};
		for (const [how, change] of Object.entries(headers)) {
			it(`are removed: with a header ${how}`, async () => {
				await folder.save(folder.store(), tokens(1));
				const [header] = folder.names(".json");
				folder.put(header!, change(readFileSync(folder.file(header!), "utf8")));
				assert.equal(await folder.store().longest(tokens(1), false), undefined);
				assert.deepEqual(folder.names(), []);
			});
		}

		it("are removed if llama.cpp refuses them", async () => {
			const store = folder.store();
			await folder.save(store, tokens(1));
			const found = await store.longest(tokens(1), false);
			const refuse = (): Promise<void> => Promise.reject(new Error("bad state"));
			assert.equal(await store.load(found!, refuse), false);
			assert.deepEqual(folder.names(), []);
			assert.match(folder.log.join(), /bad state/);
		});

		it("are neither saved nor removed once nobody waits for it", async () => {
			const store = folder.store();
			await folder.save(store, tokens(1));
			const before = folder.names();
			const found = await store.longest(tokens(1), false);
			const load = (): Promise<void> => Promise.reject(new Error("was loaded"));
			assert.equal(await store.load(found!, load, AbortSignal.abort()), false);
			assert.deepEqual(folder.names(), before);
			const write = async (file: string): Promise<number> => {
				await writeFile(file, Buffer.alloc(stateBytes));
				return stateBytes;
			};
			const state = { tokens: tokens(2), msPerToken: 1, expectedBytes: 1, mark: "", write };
			assert.equal(await store.save(state, AbortSignal.abort()), false);
			assert.deepEqual(folder.names(), before);
			assert.deepEqual(folder.log, []);
		});

		it("are not saved where the disk did not take all of it", async () => {
			const store = folder.store();
			const saved = await store.save({
				tokens: tokens(1),
				msPerToken: 1,
				expectedBytes: 8,
				mark: await store.mark(),
				write: (file) => {
					writeFileSync(file, "half");
					return Promise.resolve(8);
				},
			});
			assert.equal(saved, false);
			assert.deepEqual(folder.names(), []);
		});
	});

	describe("beside a process that was killed", () => {
		it("do not count if it wrote them, and are removed", async () => {
			const store = folder.store();
			await folder.save(store, tokens(1));
			folder.put("half.state", "half");
			folder.put(`half.${goneProcess()}.pending`, "");
			assert.equal(await folder.loaded(store, tokens(2)), undefined);
			await folder.store().tidy();
			assert.equal(folder.names().length, 2);
			assert.ok(await folder.loaded(folder.store(), tokens(1)));
		});

		it("are not tried again if it loaded them", async () => {
			const store = folder.store();
			await folder.save(store, tokens(1));
			const [header] = folder.names(".json");
			const killed = header!.replace(".json", `.${goneProcess()}.pending`);
			renameSync(folder.file(header!), folder.file(killed));
			assert.equal(await folder.loaded(folder.store(), tokens(1)), undefined);
			await folder.store().tidy();
			assert.deepEqual(folder.names(), []);
		});

		it("do not count while they are loaded, and do again when they are", async () => {
			const store = folder.store();
			await folder.save(store, tokens(1));
			const found = await store.longest(tokens(1), false);
			let whileLoading: readonly string[] = [];
			await store.load(found!, () => {
				whileLoading = folder.names(".json");
				return Promise.resolve();
			});
			assert.deepEqual(whileLoading, []);
			assert.equal(folder.names(".json").length, 1);
		});

		it("stay while another writes its own", async () => {
			await folder.save(folder.store(), tokens(1));
			folder.put("other.state", "half");
			folder.put(`other.${process.ppid}.pending`, "");
			await folder.store().tidy();
			assert.deepEqual(folder.names("other.state"), ["other.state"]);
		});
	});

	describe("of two processes in one folder", () => {
		it("are shared", async () => {
			const [one, other] = [folder.store(), folder.store()];
			await folder.save(one, tokens(1));
			assert.ok(await folder.loaded(other, tokens(1)));
			await folder.save(other, tokens(2));
			assert.ok(await folder.loaded(one, tokens(2)));
		});

		it("may be written, loaded and removed at the same time, and only whole ones are loaded", async () => {
			const stores = Array.from({ length: 4 }, () => folder.store({ maxBytes: 5 * stateBytes }));
			const work = stores.map(async (store, writer) => {
				for (let round = 0; round < 12; round++) {
					await folder.save(store, tokens(writer * 3 + (round % 3), 10 + round));
					await folder.loaded(store, tokens(round % 12, 30));
				}
			});
			await Promise.all(work);
			assert.doesNotMatch(folder.log.join("\n"), /damaged/);
			assert.ok(folder.names(".json").length > 0);
			for (const name of folder.names(".json")) {
				assert.ok(folder.names(name.replace(".json", ".state")).length === 1, name);
			}
			assert.deepEqual(folder.names(".pending"), []);
		});
	});

	it("end in a line of the log where the folder cannot be made", async () => {
		writeFileSync(folder.path, "a file is in the way");
		const store = folder.store();
		assert.equal(await folder.save(store, tokens(1), ""), false);
		assert.equal(await folder.loaded(store, tokens(1)), undefined);
		await store.tidy();
		assert.ok(folder.log.length > 0);
	});
});
