import assert from "node:assert/strict";
import { systemClock } from "../../../../src/extension/base/clock";
import type { FileSystem } from "../../../../src/extension/storage/files/fileSystem";
import type { AssistantTurn } from "../../../../src/protocol/chat/chat";
import { ChatWindow } from "../../../support/chats/chatWindow";
import { answer, message, reply } from "../../../support/chats/chatRecords";
import { settingsState } from "../../../support/view/chatStates";
import { RecordedLog } from "../../../support/recordedLog";
import { SessionHarness } from "../../../support/chats/sessionHarness";
import { SlowLock } from "../../../support/storage/slowLock";
import { SteppedLanguageModel } from "../../../support/scripted/steppedLanguageModel";
import { journal, StoreFolder } from "../../../support/storage/storeFolder";
import { until } from "../../../support/until";

const elsewhere = { kind: "answeredElsewhere" } as const;

/** A window that saves to files, with a model that the test controls. */
interface Window extends Pick<ChatWindow, "session" | "shown" | "store"> {
	readonly languageModel: SteppedLanguageModel;
}

describe("An answer that begins while another window may be answering", () => {
	let store: StoreFolder;
	const windows: Window[] = [];
	beforeEach(async () => {
		store = await StoreFolder.make();
	});
	afterEach(async () => {
		for (const { session, shown } of windows.splice(0)) {
			session.dispose();
			shown.dispose();
		}
		await store.remove();
	});

	/** Opens a window that shows the chat "c". */
	async function open(fileSystem?: FileSystem): Promise<Window> {
		const languageModel = new SteppedLanguageModel();
		const {
			session,
			shown,
			store: state,
		} = await ChatWindow.open({
			languageModel,
			library: store.open(fileSystem ? { fileSystem } : {}),
			settings: settingsState(),
			clock: systemClock,
			log: new RecordedLog(),
			lastChatId: "c",
		});
		const window = { languageModel, session, shown, store: state };
		windows.push(window);
		return window;
	}
	const answerIn = (window: Window): AssistantTurn | undefined => {
		const last = window.store.state.turns.at(-1);
		return last?.role === "assistant" ? last : undefined;
	};
	/** Returns the records in the file that begin or continue an answer. */
	const openings = (): readonly unknown[] =>
		(store.lines("c") as { type?: string; turn?: { role: string; outcome: unknown } }[]).filter(
			({ type, turn }) => type === "continued" || turn?.role === "assistant",
		);

	it("is shown at once, and written after the message once its window has the lease", async () => {
		store.put("c", journal("c"));
		const slow = new SlowLock("created");
		const one = await open(slow.fileSystem);
		const two = await open();
		const seen: (string | undefined)[] = [];
		const subscription = two.store.onDidPublish(() => {
			const state = answerIn(two)?.state;
			seen.push(state?.kind === "ended" ? state.outcome.kind : state?.kind);
		});
		one.session.submit("u1", "Hello");
		assert.equal(answerIn(one)?.state.kind, "running");
		await slow.comes();
		await one.shown.flush();
		assert.match(store.text("c"), /Hello/);
		assert.deepEqual(openings(), []);
		assert.equal(answerIn(one)?.state.kind, "running", "another window's changes do not hide it");
		slow.goOn();
		await until("the other window shows the answer", () => answerIn(two));
		subscription.dispose();
		assert.ok(!seen.includes("interrupted"), seen.join());
		assert.equal(openings().length, 1);
		assert.equal(answerIn(two)?.id, answerIn(one)?.id);
	});

	it("is the only one in the file if two are requested at the same time", async () => {
		store.put("c", journal("c"));
		const both = [await open(), await open()];
		both.forEach(({ session }, index) => {
			session.submit(`u${index}`, `Hello from ${index}`);
		});
		const refused = await until("one is refused", () =>
			both.find((window) => window.store.state.refusal),
		);
		assert.deepEqual(refused.store.state.refusal?.failure, elsewhere);
		assert.ok(refused.store.state.refusal.text.startsWith("Hello from"), "it can be sent again");
		const winner = both.find((window) => window !== refused);
		await until("the other goes on", () => winner?.languageModel.prepares.length);
		await Promise.all(both.map(({ shown }) => shown.flush()));
		assert.equal(openings().length, 1);
		assert.equal(refused.languageModel.prepares.length, 0);
		await until("both show the answer", () =>
			both.every((window) => answerIn(window)?.state.kind === "running"),
		);
		assert.equal(answerIn(refused)?.id, answerIn(winner!)?.id);
	});

	it("continues in only one of two windows if both press Continue at the same time", async () => {
		const half = reply("a", 0, "Half");
		const end = { type: "ended", turnId: "a", outcome: { kind: "interrupted" } } as const;
		store.put("c", journal("c", message("q", "Hello"), answer("a", "q"), half, end));
		const both = [await open(), await open()];
		for (const { session } of both) {
			session.continueAnswer("a");
		}
		const winner = await until("one goes on", () =>
			both.find(({ languageModel }) => languageModel.prepares.length > 0),
		);
		const other = both.find((window) => window !== winner);
		await until("the other shows who answers", () => {
			const { state } = other!.store;
			return (
				state.access.kind === "answeredElsewhere" && answerIn(other!)?.state.kind === "running"
			);
		});
		await Promise.all(both.map(({ shown }) => shown.flush()));
		assert.equal(openings().length, 2, "its turn, and that it goes on, once");
		assert.doesNotMatch(store.text("c"), /answeredElsewhere/);
		assert.equal(other?.languageModel.prepares.length, 0);
	});

	it("is not written if it was stopped before its window had the lease", async () => {
		const old = [message("q", "Hello"), answer("a", "q"), reply("a", 0, "Hi")];
		const end = { type: "ended", turnId: "a", outcome: { kind: "interrupted" } } as const;
		store.put("c", journal("c", ...old, end));
		const slow = new SlowLock("created");
		const one = await open(slow.fileSystem);
		const before = store.text("c");
		one.session.regenerate("a");
		assert.equal(one.store.state.versions[answerIn(one)!.id]?.length, 2);
		await slow.comes();
		one.session.stop();
		slow.goOn();
		await one.session.whenSettled;
		await one.shown.flush();
		assert.equal(answerIn(one)?.id, "a");
		assert.deepEqual(one.store.state.versions, {});
		assert.equal(store.text("c"), before);
	});

	it("is written with its end if its window closes before it has the lease", async () => {
		store.put("c", journal("c"));
		const slow = new SlowLock("created");
		const one = await open(slow.fileSystem);
		one.session.submit("u1", "Hello");
		await slow.comes();
		one.session.dispose();
		await one.shown.flush();
		const types = (store.lines("c") as { type?: string }[]).slice(1).map(({ type }) => type);
		assert.deepEqual(types, ["turn", "turn", "ended"]);
		slow.goOn();
	});

	it("ends correctly even if another window shows another path", async () => {
		const one = await SessionHarness.start();
		await one.begin("u1", "Hello");
		one.say("Hi");
		const two = await SessionHarness.start(one.library.shelf, one.lastChatId);
		const { id } = one.answer;
		two.chat.write([{ type: "head", turnId: null }], "now");
		assert.deepEqual(one.said, []);
		one.say(" there");
		await one.end("complete");
		const turn = one.chat.conversation.turn(id);
		assert.deepEqual(turn?.role === "assistant" && [turn.reply, turn.outcome?.kind], [
			"Hi there",
			"complete",
		]);
		assert.deepEqual(
			one.log.lines.filter((line) => line.startsWith("error")),
			[],
		);
	});
});
