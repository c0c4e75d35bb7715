import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
	copyFileSync,
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { FileLocks } from "../../../../../src/extension/storage/files/fileLock";
import { systemFiles } from "../../../../../src/extension/storage/files/fileSystem";
import { temporaryFolder } from "../../../../support/temporaryFolder";
import { skipBecause } from "../../../../support/skipBecause";
import { until } from "../../../../support/until";

/** The id of a process that has ended. */
const goneProcess = spawnSync(process.execPath, ["--version"]).pid;

describe("FileLocks", () => {
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let file: string;
	const locks = new FileLocks(systemFiles);

	beforeEach(async () => {
		folder = await temporaryFolder();
		file = path.join(folder.path, "lock");
	});
	afterEach(() => folder.remove());

	/** Leaves the lock of a process that was killed `ageMs` ago. */
	function leaveBehind(ageMs: number, holder: unknown): void {
		writeFileSync(file, JSON.stringify(holder));
		const time = new Date(Date.now() - ageMs);
		utimesSync(file, time, time);
	}
	const holderOf = (pid: number) => ({ token: "someone's", pid, host: os.hostname() });

	it("have one holder at a time, and leave nothing behind", async () => {
		const held = await locks.hold(file, 0);
		assert.equal(await new FileLocks(systemFiles).tryHold(file), undefined);
		await assert.rejects(locks.hold(file, 30), { code: "ELOCKED" });
		const waiting = locks.hold(file, 5000);
		await held.release();
		await (await waiting).release();
		assert.equal(existsSync(file), false);
	});

	it("never have two holders, even if many wait for an abandoned lock", async () => {
		let holders = 0;
		let most = 0;
		let entries = 0;
		leaveBehind(4000, holderOf(goneProcess));
		await Promise.all(
			Array.from({ length: 12 }, async () => {
				const own = new FileLocks(systemFiles);
				for (let round = 0; round < 12; round++) {
					const held = await own.hold(file, 8000);
					holders += 1;
					entries += 1;
					most = Math.max(most, holders);
					await new Promise(setImmediate);
					holders -= 1;
					if (entries % 12 === 0) {
						// Simulates that its holder is killed here.
						leaveBehind(4000, holderOf(goneProcess));
					}
					await held.release();
				}
			}),
		);
		assert.equal(most, 1);
	});

	it("are free if they are released during a check", async () => {
		const held = await locks.hold(file, 0);
		let readings = 0;
		const looking = new FileLocks({
			...systemFiles,
			open: async (name, flags, mode) => {
				const handle = await systemFiles.open(name, flags, mode);
				readings += 1;
				if (readings === 1) {
					await held.release();
				}
				return handle;
			},
		});
		assert.equal(await looking.isHeld(file), false);
	});

	it("are taken over even if a process was killed while taking them over", async () => {
		leaveBehind(4000, holderOf(goneProcess));
		copyFileSync(file, `${file}.takeover`);
		utimesSync(`${file}.takeover`, new Date(0), new Date(0));
		await (await locks.hold(file, 1000)).release();
		assert.deepEqual(readdirSync(folder.path), []);
	});

	it("are taken over from a dead process by only one of several", async () => {
		leaveBehind(4000, holderOf(goneProcess));
		const taken = await Promise.all(
			Array.from({ length: 6 }, () => new FileLocks(systemFiles).tryHold(file)),
		);
		assert.equal(taken.filter((held) => held !== undefined).length, 1);
	});

	it("are taken over seconds after the last update, even if the clock is wrong", async () => {
		leaveBehind(-3_600_000, holderOf(goneProcess));
		assert.equal(await locks.tryHold(file), undefined);
		await until("the lock is taken over", () => locks.tryHold(file), 6000);
	});

	it("are taken over at once if their process id is unused", async function () {
		const held = await locks.hold(file, 0);
		const holder = JSON.parse(readFileSync(file, "utf8")) as object;
		await held.release();
		if (!("processSpace" in holder)) {
			skipBecause(this, "the system does not name what its process ids are of");
		}
		leaveBehind(0, { ...holder, token: "someone's", pid: goneProcess });
		assert.ok(await locks.tryHold(file));
		leaveBehind(0, { ...holder, token: "someone's", pid: goneProcess, processSpace: "another" });
		assert.equal(await locks.tryHold(file), undefined);
	});

	it("name their holder from the first moment", async () => {
		const seen: unknown[] = [];
		const watched = new FileLocks({
			...systemFiles,
			open: async (name, flags, mode) => {
				const handle = await systemFiles.open(name, flags, mode);
				seen.push(existsSync(file) && readFileSync(file, "utf8"));
				return handle;
			},
			link: async (named, name) => {
				await systemFiles.link(named, name);
				seen.push(JSON.parse(readFileSync(file, "utf8")));
			},
		});
		const held = await watched.hold(file, 0);
		assert.ok(!seen.includes(""));
		assert.equal((seen.at(-1) as { pid: number }).pid, process.pid);
		await held.release();
	});

	it("work on a disk without hard links", async () => {
		const link = () => Promise.reject(Object.assign(new Error("EPERM"), { code: "EPERM" }));
		const held = await new FileLocks({ ...systemFiles, link }).hold(file, 0);
		assert.equal(await locks.tryHold(file), undefined);
		await held.release();
		assert.deepEqual(readdirSync(folder.path), []);
	});

	it("stay with a live process, even after a long time without an update", async () => {
		leaveBehind(20_000, holderOf(process.pid));
		assert.equal(await locks.tryHold(file), undefined);
	});

	it("are free if their holder is unnamed and does not update them", async () => {
		leaveBehind(4000, "");
		assert.ok(await locks.tryHold(file));
	});

	it("are updated every second", async () => {
		const held = await locks.hold(file, 0);
		utimesSync(file, new Date(0), new Date(0));
		await until("a sign of life", () => statSync(file).mtimeMs > 0, 3000);
		await held.release();
	});

	it("do not remove the lock of another holder when released late", async () => {
		const held = await locks.hold(file, 0);
		unlinkSync(file);
		leaveBehind(0, holderOf(process.pid));
		const before = readFileSync(file);
		await held.release();
		assert.deepEqual(readFileSync(file), before);
	});

	it("do not block their own process if they could not be removed", async () => {
		const held = await new FileLocks({
			...systemFiles,
			unlink: () => Promise.reject(Object.assign(new Error("EACCES"), { code: "EACCES" })),
		}).hold(file, 0);
		await held.release();
		assert.ok(existsSync(file));
		assert.ok(await locks.tryHold(file));
	});
});
