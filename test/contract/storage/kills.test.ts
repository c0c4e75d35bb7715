import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Acknowledged } from "../../support/storage/killedWriter.entry";
import { chosenSeed, seededRandom } from "../../support/random";
import { StoreFolder } from "../../support/storage/storeFolder";

/** The number of kills; set with KILLS=300. */
const kills = Number(process.env.KILLS ?? 8);
/** How many stores are written at the same time. */
const lanes = 4;

describe("Chats of a killed process", function () {
	this.timeout(60_000 + kills * 6000);
	const seed = chosenSeed();
	const writers = new Set<ChildProcess>();

	afterEach(() => {
		writers.forEach((writer) => writer.kill("SIGKILL"));
	});

	/** Lets a writer write to the store until it is killed. @returns what it reported as saved */
	async function writeAndDie(store: StoreFolder, writerSeed: number, lifeMs: number) {
		const entry = path.resolve("out/test/support/storage/killedWriter.entry.cjs");
		const writer = fork(entry, [store.path, String(writerSeed)]);
		writers.add(writer);
		const heard: Acknowledged[] = [];
		writer.on("message", (message: Acknowledged) => heard.push(message));
		const exit = once(writer, "exit");
		await Promise.race([once(writer, "message"), exit]);
		await setTimeout(lifeMs);
		writer.kill("SIGKILL");
		const [, signal] = (await exit) as [number | null, string | null];
		writers.delete(writer);
		assert.equal(signal, "SIGKILL", "the writer was killed");
		return heard;
	}

	it(`contain everything that was reported as saved, ${kills} times (SEED=${seed})`, async () => {
		let acknowledged = 0;
		let turns = 0;
		const killAgainAndAgain = async (lane: number): Promise<void> => {
			const store = await StoreFolder.make();
			const next = seededRandom(seed + lane);
			const seen = new Map<string, Acknowledged>();
			for (let kill = lane; kill < kills; kill += lanes) {
				const heard = await writeAndDie(store, seed + kill, next() * 1500);
				acknowledged += heard.length;
				for (const each of heard) {
					const before = seen.get(each.turnId);
					if (!before || before.text.length <= each.text.length) {
						seen.set(each.turnId, { ...each, isEnded: each.isEnded || before?.isEnded === true });
					}
				}
				await assertAllThere(store, [...seen.values()], `SEED=${seed}, kill ${kill}`);
			}
			turns += seen.size;
			await store.remove();
		};
		await Promise.all(Array.from({ length: lanes }, (_, lane) => killAgainAndAgain(lane)));
		process.stdout.write(
			`      ${kills} kills, ${acknowledged} acknowledged, ${turns} turns, all of them there\n`,
		);
	});
});

async function assertAllThere(
	store: StoreFolder,
	seen: readonly Acknowledged[],
	when: string,
): Promise<void> {
	const library = store.open();
	const list = await library.list();
	assert.deepEqual(list.unreadable, [], when);
	for (const { id } of list.chats) {
		const chat = await library.open(id);
		assert.ok(chat, when);
		assert.equal(chat.fileState.damage, undefined, when);
		for (const { turnId, text, isEnded } of seen.filter(({ chatId }) => chatId === id)) {
			const turn = chat.conversation.turn(turnId);
			const said = turn?.role === "assistant" ? turn.reply : turn?.text;
			assert.ok(said?.startsWith(text), `${when}: ${turnId} is cut`);
			if (isEnded) {
				assert.ok(
					turn?.role === "assistant" && turn.outcome?.kind === "stopped",
					`${when}: its end`,
				);
			}
		}
		chat.dispose();
	}
	const ids = new Set(list.chats.map(({ id }) => id));
	assert.deepEqual(
		seen.filter(({ chatId }) => !ids.has(chatId)),
		[],
		when,
	);
	library.dispose();
}
