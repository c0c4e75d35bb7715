import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "vscode";
import { createActionRunner } from "../../src/extension/commands/actionRunner";
import { systemClock } from "../../src/extension/base/clock";
import type { ChatLibrary } from "../../src/extension/conversation/chatLibrary";
import type { ChatRecord } from "../../src/extension/conversation/chatRecord";
import { showHistory } from "../../src/extension/history/showHistory";
import { RecordedLog } from "../support/recordedLog";
import { until } from "../support/until";
import { extension, startChat, type RunningChat } from "./extension";
import { PlayedInputs } from "./playedInputs";

const stats = {
	promptTokens: 1,
	evaluatedTokens: 1,
	answerTokens: 1,
	firstTokenMs: 1,
	decodeMs: 1,
};

function exchange(question: string, reply: string, atMs: number): ChatRecord[] {
	return [
		{
			type: "turn",
			parentId: null,
			turn: { role: "user", id: "u1", sentAtMs: atMs, text: question, attachments: [] },
		},
		{
			type: "turn",
			parentId: "u1",
			turn: {
				role: "assistant",
				id: "a1",
				startedAtMs: atMs,
				thought: "",
				thoughtDurationMs: null,
				reply,
				outcome: { kind: "complete", stats },
			},
		},
	];
}

describe("the history", () => {
	let running: RunningChat;
	let library: ChatLibrary;
	let inputs: PlayedInputs;
	let shown: Promise<void>;
	let ended: boolean;
	/** The folder of the chat files. */
	let folder: string;

	before(async () => {
		running = await startChat();
		folder = path.join(extension().exports.storageFolder, "chats");
		library = await running.chat.shown.library();
	});

	beforeEach(async () => {
		running = await startChat();
		for (const { id } of (await library.list()).chats) {
			await library.delete(id);
		}
		await put("How do owls see?", "With big eyes.", 3);
		await put("Name three rivers", "Rhine, Nile, Amazon.", 2);
		await put("Bake bread", "Flour, water, salt.", 1);
		inputs = new PlayedInputs();
		open();
	});

	afterEach(async () => {
		inputs.list.hide();
		await until("the history is closed", () => ended);
		inputs.dispose();
	});

	/** Adds a chat of the given age to the store. */
	async function put(question: string, reply: string, minutesAgo: number): Promise<string> {
		const chat = library.create("project");
		chat.write(exchange(question, reply, Date.now() - minutesAgo * 60_000), "now");
		await chat.flush();
		chat.dispose();
		return chat.conversation.id;
	}

	function open(): void {
		const { shown: shownChat, session, perform } = running.chat;
		const log = new RecordedLog();
		ended = false;
		shown = showHistory({
			library,
			folder,
			shownId: () => shownChat.chat?.conversation.id,
			show: (id) => shownChat.show(id),
			letGo: (id) => session.letGo(id),
			refreshShown: () => {
				if (shownChat.chat) {
					shownChat.refresh(shownChat.chat);
				}
			},
			newChat: () => perform({ type: "newChat" }),
			clock: systemClock,
			log,
			run: createActionRunner(log, () => undefined),
		}).finally(() => {
			ended = true;
		});
	}

	function said(): readonly string[] {
		return running.chat.store.state.turns.map((turn) =>
			turn.role === "user" ? turn.text : turn.reply,
		);
	}

	it("lists chats, newest first, with their size", async () => {
		await inputs.list.has("How do owls see?");
		assert.deepEqual(
			inputs.list.items.map(({ label }) => label).filter((label) => !label.endsWith("day")),
			["Bake bread", "Name three rivers", "How do owls see?"],
		);
		assert.match(inputs.list.lines[1]!, /^Bake bread \| project · /);
		assert.match(
			inputs.list.placeholder ?? "",
			/^Search titles and messages · 3 chats · [\d.]+ kB · [\d.]+ [GT]B free on disk$/,
		);
	});

	it("opens the chosen chat", async () => {
		await inputs.list.choose("Name three rivers");
		await shown;
		assert.deepEqual(said(), ["Name three rivers", "Rhine, Nile, Amazon."]);
		assert.equal(inputs.list.isDisposed, true);
	});

	it("finds a text, and shows the words around it in a line that VS Code does not hide", async () => {
		inputs.list.type("nile");
		await until("it is found", () =>
			inputs.list.items.some(
				({ detail, alwaysShow }) => detail?.includes("Rhine, Nile") && alwaysShow,
			),
		);
		assert.equal(inputs.list.items.filter(({ alwaysShow }) => alwaysShow).length, 1);
		await until("the search has ended", () => !inputs.list.busy);
	});

	it("renames a chat, and returns with its line still active", async () => {
		inputs.written = "  Rivers ";
		await inputs.list.press("Rename", "Name three rivers");
		await until("it is renamed", () =>
			inputs.list.lines.some((line) => line.startsWith("Rivers |")),
		);
		assert.equal(inputs.list.isVisible, true);
		assert.equal(inputs.list.activeItems[0]?.label, "Rivers");
		assert.equal(ended, false);
	});

	it("renames the visible chat, in the chat view as well", async () => {
		await inputs.list.choose("Bake bread");
		await shown;
		open();
		inputs.written = "Bread";
		await inputs.list.press("Rename", "Bake bread");
		await until("the chat has its title", () => running.chat.store.state.title === "Bread");
		await until("the line is marked", () =>
			inputs.list.lines.some((line) => line.startsWith("Bread | Current · project")),
		);
	});

	it("pins a chat to the top, and unpins it", async () => {
		await inputs.list.press("Pin", "How do owls see?");
		await until("it is pinned", () => inputs.list.items[0]?.label === "Pinned");
		assert.equal(inputs.list.items[1]?.label, "How do owls see?");
		assert.equal(inputs.list.activeItems[0]?.label, "How do owls see?");
		await inputs.list.press("Unpin", "How do owls see?");
		await until("it is not", () => inputs.list.items[0]?.label !== "Pinned");
	});

	it("deletes a chat, with an undo, and keeps its place in the list", async () => {
		await inputs.list.press("Delete", "Name three rivers");
		await inputs.list.without("Name three rivers");
		assert.equal(inputs.list.activeItems[0]?.label, "How do owls see?");
		const answer = await inputs.notification("“Name three rivers” was deleted.");
		answer("Undo");
		await inputs.list.has("Name three rivers");
	});

	it("shows a new chat if it deletes the visible one, which Undo restores", async () => {
		await inputs.list.choose("Bake bread");
		await shown;
		open();
		await inputs.list.press("Delete", "Bake bread");
		await inputs.list.without("Bake bread");
		assert.deepEqual(said(), []);
		(await inputs.notification("“Bake bread” was deleted."))("Undo");
		await until("it is shown again", () => said()[0] === "Bake bread");
	});

	it("lists deleted chats, restores one, and returns", async () => {
		await put("Deleted once", "Yes.", 0);
		await inputs.list.press("Delete", "Deleted once");
		await inputs.list.without("Deleted once");
		await inputs.list.press("Recently Deleted");
		const [history, deleted] = inputs.lists;
		assert.equal(deleted?.title, "Recently Deleted");
		await deleted.press("Restore", "Deleted once");
		await deleted.without("Deleted once");
		await deleted.press("Back");
		await history!.has("Deleted once");
		await until("the history is back", () => history!.isVisible);
		assert.equal(ended, false);
		history!.hide();
	});

	it("deletes one of the deleted chats permanently, after a question", async () => {
		for (const title of ["Kept for now", "Gone for good"]) {
			await put(title, "Yes.", 0);
			await inputs.list.press("Delete", title);
			await inputs.list.without(title);
		}
		await inputs.list.press("Recently Deleted");
		const deleted = inputs.list;
		const question = "Delete “Gone for good” permanently? You cannot undo this.";
		await deleted.press("Delete Permanently", "Gone for good");
		(await inputs.notification(question))(undefined);
		await deleted.has("Gone for good");
		inputs.notifications.length = 0;
		await deleted.press("Delete Permanently", "Gone for good");
		(await inputs.notification(question))("Delete Permanently");
		await deleted.without("Gone for good");
		await deleted.has("Kept for now");
		deleted.hide();
	});

	it("empties the deleted chats, after a question; Undo then says why it fails", async () => {
		await put("Deleted last", "Yes.", 0);
		await inputs.list.press("Delete", "Deleted last");
		const undo = await inputs.notification("“Deleted last” was deleted.");
		await inputs.list.press("Recently Deleted");
		const deleted = inputs.list;
		await deleted.has("Deleted last");
		await deleted.press("Empty Recently Deleted");
		const question = await until("it asks", () =>
			inputs.notifications.find(({ text }) =>
				/^Delete .* deleted chats? permanently\? You cannot undo this\.$/.test(text),
			),
		);
		question.answer("Delete Permanently");
		await deleted.has("Nothing was deleted in the last 30 days");
		assert.deepEqual((await library.list()).deleted, []);
		undo("Undo");
		await inputs.notification(
			"“Deleted last” was not restored, because it was deleted permanently.",
		);
		deleted.hide();
	});

	it("says that no message contains the search text", async () => {
		inputs.list.type("yak");
		await inputs.list.has("No messages contain “yak”");
		inputs.list.type("");
		await inputs.list.without("No messages contain");
	});

	it("shows the changes of other windows", async () => {
		await inputs.list.has("Bake bread");
		await put("Written elsewhere", "Yes.", 0);
		await inputs.list.has("Written elsewhere");
	});

	it("names an unreadable file, and where it is", async () => {
		const file = path.join(folder, "unreadable.jsonl");
		writeFileSync(file, "\0\0\0");
		try {
			await inputs.list.press("Copy Path", "unreadable.jsonl");
			await until(
				"its path is on the clipboard",
				async () => (await env.clipboard.readText()) === file,
			);
		} finally {
			rmSync(file);
		}
	});

	it("says why a chat cannot be renamed", async () => {
		const [chat] = (await library.list()).chats;
		const file = path.join(folder, `${chat!.id}.jsonl`);
		const header = {
			format: "local-llm-chat",
			version: 99,
			id: chat!.id,
			createdAtMs: 0,
			folder: null,
		};
		const records = exchange("From the future", "Hello.", Date.now());
		writeFileSync(file, [header, ...records].map((line) => `${JSON.stringify(line)}\n`).join(""));
		inputs.written = "Past";
		await inputs.list.press("Rename", "From the future");
		await inputs.notification(
			"“From the future” was not renamed. It was written by a newer version of this extension, so it is read-only here. Update the extension, then try again.",
		);
		assert.equal(inputs.list.isVisible, true);
	});

	it("starts a new chat", async () => {
		await inputs.list.press("New Chat");
		await shown;
		assert.deepEqual(said(), []);
	});
});
