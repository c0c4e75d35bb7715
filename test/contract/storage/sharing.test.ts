import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { contentOf, message } from "../../support/chats/chatRecords";
import { chosenSeed } from "../../support/random";
import type { SharedResult } from "../../support/storage/sharingWriter.entry";
import { journal, StoreFolder } from "../../support/storage/storeFolder";
import { until } from "../../support/until";

/** How long the two processes write; set with SHARED_SECONDS=60. */
const seconds = Number(process.env.SHARED_SECONDS ?? 6);
const ids = ["one", "two", "three"];

describe("Chats that two processes write at random", function () {
	this.timeout(60_000 + seconds * 2000);
	const seed = chosenSeed();
	const writers: ChildProcess[] = [];

	afterEach(() => {
		writers.splice(0).forEach((writer) => writer.kill("SIGKILL"));
	});

	it(`are the same in both and in a third after ${seconds} seconds (SEED=${seed})`, async () => {
		const store = await StoreFolder.make();
		for (const id of ids) {
			store.put(id, journal(id, message("q", "Hello")));
		}
		const entry = path.resolve("out/test/support/storage/sharingWriter.entry.cjs");
		const durationMs = String(seconds * 1000);
		for (const writerSeed of [seed, seed + 1]) {
			writers.push(fork(entry, [store.path, String(writerSeed), durationMs, ...ids]));
		}
		await Promise.all(
			writers.map(async (writer) => {
				const [first] = (await Promise.race([
					once(writer, "message"),
					once(writer, "exit").then(() => ["died"]),
				])) as unknown[];
				assert.equal(first, "done");
			}),
		);
		const results = (): Promise<SharedResult[]> =>
			Promise.all(
				writers.map(async (writer) => {
					const answered = once(writer, "message");
					writer.send("result");
					return ((await answered) as [SharedResult])[0];
				}),
			);
		await results();
		const library = store.open();
		for (const id of ids) {
			await library.restore(id);
		}
		const [one, two] = await until("both show the same", async () => {
			const both = await results();
			return same(both[0]?.contents, both[1]?.contents) ? both : undefined;
		});
		for (const id of ids) {
			const third = await library.open(id);
			assert.equal(third?.fileState.damage, undefined);
			assert.deepEqual(contentOf(third!.conversation), one?.contents[id], `${id}, SEED=${seed}`);
			assertUnmixed(one?.contents[id], `${id}, SEED=${seed}`);
			assert.ok(readFileSync(store.file(id), "utf8").endsWith("\n"));
		}
		const answers = (one?.answers ?? 0) + (two?.answers ?? 0);
		const writes = (one?.writes ?? 0) + (two?.writes ?? 0);
		const refused = (one?.refusedAnswers ?? 0) + (two?.refusedAnswers ?? 0);
		assert.ok(answers > seconds, "answers were given");
		process.stdout.write(
			`      ${seconds} s, ${writes} writes, ${answers} answers, ${refused} refused; three stores equal\n`,
		);
		await store.remove();
	});
});

function same(one: unknown, two: unknown): boolean {
	try {
		assert.deepEqual(one, two);
		return true;
	} catch {
		return false;
	}
}

/** Checks that every line of an answer names the answer and its position in it. */
function assertUnmixed(content: unknown, what: string): void {
	for (const record of content as { turn?: { role: string; id: string; reply: string } }[]) {
		if (record.turn?.role === "assistant") {
			const { id, reply } = record.turn;
			const whole = Array.from({ length: 6 }, (_, step) => `${id} ${step}\n`).join("");
			assert.equal(reply, whole, what);
		}
	}
}
