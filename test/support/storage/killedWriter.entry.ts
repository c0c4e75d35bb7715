import { randomUUID } from "node:crypto";
import { utimesSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { systemClock } from "../../../src/extension/base/clock";
import type { ChatLibrary, OpenedChat } from "../../../src/extension/conversation/chatLibrary";
import { openChatLibrary } from "../../../src/extension/storage/openChatLibrary";
import { answer, ended, message, title } from "../chats/chatRecords";
import { seededRandom } from "../random";
import { RecordedLog } from "../recordedLog";

/** Text that a user has seen, and must find again. */
export interface Acknowledged {
	readonly chatId: string;
	readonly turnId: string;
	/** The beginning of the turn's text, or all of it. */
	readonly text: string;
	readonly isEnded: boolean;
}

/** After this time on the screen, the user has read the text. */
const seenMs = 1000;

function acknowledge(chat: OpenedChat, turnId: string, text: string, isEnded: boolean): void {
	const seen: Acknowledged = { chatId: chat.conversation.id, turnId, text, isEnded };
	process.send?.(seen);
}

function acknowledgeLater(chat: OpenedChat, turnId: string, text: string): void {
	globalThis.setTimeout(() => {
		acknowledge(chat, turnId, text, false);
	}, seenMs);
}

async function openSome(library: ChatLibrary, folder: string, next: () => number) {
	const { chats } = await library.list();
	if (chats.length < 4) {
		return library.create("project");
	}
	const { id } = chats[Math.floor(next() * chats.length)]!;
	if (next() < 0.5) {
		// An old time, so that the file counts as unchanged for long and is compacted.
		const time = new Date(Date.now() - 3_600_000);
		utimesSync(path.join(folder, `${id}.jsonl`), time, time);
	}
	return library.open(id);
}

/** Asks and answers until it is killed. The text of a turn follows from its id and its length. */
async function main([folder = "", seed = "0"]: string[]): Promise<void> {
	const next = seededRandom(Number(seed));
	const library = openChatLibrary({ folder, clock: systemClock, log: new RecordedLog() });
	for (;;) {
		const chat = await openSome(library, folder, next);
		if (!chat) {
			throw new Error("A conversation that is listed cannot be opened");
		}
		for (let turns = 0; turns < 4; turns++) {
			const [questionId, answerId] = [randomUUID(), randomUUID()];
			const question = `${questionId} `.repeat(1 + Math.floor(next() * 40));
			const head = chat.conversation.headId ?? null;
			chat.write([message(questionId, question, head, Date.now())], "now");
			acknowledgeLater(chat, questionId, question);
			const lease = await chat.beginAnswer();
			chat.write([answer(answerId, questionId, Date.now())], "now");
			let said = "";
			const steps = Math.floor(next() * 120);
			for (let step = 0; step < steps; step++) {
				const text = `${answerId} ${step}\n`.repeat(1 + Math.floor(next() * 3));
				const offset = said.length;
				chat.write([{ type: "text", turnId: answerId, channel: "reply", offset, text }], "soon");
				said += text;
				acknowledgeLater(chat, answerId, said);
				await setTimeout(Math.floor(next() * 16));
			}
			chat.write([ended(answerId)], "durable");
			lease?.dispose();
			await chat.flush();
			acknowledge(chat, answerId, said, true);
			if (next() < 0.3) {
				chat.write([title(`Title ${turns}`)], "now");
			}
		}
		chat.dispose();
	}
}

void main(process.argv.slice(2));
