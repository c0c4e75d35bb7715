import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { systemClock } from "../../../src/extension/base/clock";
import type { ChatLibrary, OpenedChat } from "../../../src/extension/conversation/chatLibrary";
import { openChatLibrary } from "../../../src/extension/storage/openChatLibrary";
import { answer, contentOf, ended, message, reply, title } from "../chats/chatRecords";
import { seededRandom } from "../random";
import { RecordedLog } from "../recordedLog";

/** The work of one writer, and the chats that it shows at the end. */
export interface SharedResult {
	readonly answers: number;
	readonly refusedAnswers: number;
	readonly writes: number;
	readonly contents: Readonly<Record<string, unknown>>;
}

/** The other process may already have deleted it. */
async function openOf(library: ChatLibrary, id: string): Promise<OpenedChat> {
	for (;;) {
		const chat = await library.open(id);
		if (chat) {
			return chat;
		}
		await library.restore(id);
	}
}

/**
 * Writes into the chats whose ids are in its arguments, all open, until the time is over. Then it answers every message
 * from its parent with what the chats contain.
 */
async function main([folder = "", seed = "0", durationMs = "0", ...ids]: string[]): Promise<void> {
	const next = seededRandom(Number(seed));
	const library = openChatLibrary({ folder, clock: systemClock, log: new RecordedLog() });
	const chats: OpenedChat[] = [];
	for (const id of ids) {
		chats.push(await openOf(library, id));
	}
	let [answers, refusedAnswers, writes] = [0, 0, 0];
	const anyTurn = (chat: OpenedChat): string | null => {
		const turns = [...chat.conversation.turns()];
		return turns[Math.floor(next() * turns.length)]?.turn.id ?? null;
	};
	const answerIn = async (chat: OpenedChat): Promise<void> => {
		const parentId = anyTurn(chat);
		const lease = parentId === null ? undefined : await chat.beginAnswer();
		if (!lease) {
			refusedAnswers += 1;
			return;
		}
		answers += 1;
		const id = randomUUID();
		chat.write([answer(id, parentId)], "now");
		for (let step = 0; step < 6; step++) {
			const turn = chat.conversation.turn(id);
			const offset = turn?.role === "assistant" ? turn.reply.length : 0;
			chat.write([reply(id, offset, `${id} ${step}\n`)], "soon");
			await setTimeout(Math.floor(next() * 60));
		}
		chat.write([ended(id)], "durable");
		lease.dispose();
	};
	const work = async (chat: OpenedChat): Promise<void> => {
		const kind = next();
		writes += 1;
		const turnId = anyTurn(chat);
		if (kind < 0.3) {
			chat.write([message(randomUUID(), `from ${seed}`, turnId)], next() < 0.5 ? "now" : "soon");
		} else if (kind < 0.5) {
			await answerIn(chat);
		} else if (kind < 0.6) {
			chat.write([title(`${seed} ${writes}`)], "now");
		} else if (kind < 0.7) {
			chat.write([{ type: "pinned", pinned: next() < 0.5 }], "soon");
		} else if (kind < 0.8) {
			chat.write([{ type: "head", turnId }], "now");
		} else if (kind < 0.88 && turnId !== null) {
			chat.write([{ type: "deleted", turnId, deleted: next() < 0.5 }], "now");
		} else if (kind < 0.94) {
			await library.delete(chat.conversation.id);
		} else {
			await library.restore(chat.conversation.id);
		}
	};
	const endAtMs = Date.now() + Number(durationMs);
	await Promise.all(
		chats.map(async (chat) => {
			while (Date.now() < endAtMs) {
				await work(chat);
				await setTimeout(Math.floor(next() * 40));
			}
		}),
	);
	process.on("message", () => {
		void Promise.all(chats.map((chat) => chat.flush())).then(() => {
			const contents = Object.fromEntries(
				chats.map(({ conversation }) => [conversation.id, contentOf(conversation)]),
			);
			const result: SharedResult = { answers, refusedAnswers, writes, contents };
			process.send?.(result);
		});
	});
	process.send?.("done");
}

void main(process.argv.slice(2));
