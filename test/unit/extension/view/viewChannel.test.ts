import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { Emitter } from "../../../../src/extension/base/emitter";
import {
	ViewChannel,
	type ChannelPage,
	type UserIntent,
} from "../../../../src/extension/view/viewChannel";
import type { ChatEvent } from "../../../../src/protocol/chat/chatEvent";
import { applyEvent, type Replica } from "../../../../src/protocol/chat/replica";
import type { UnsentText } from "../../../../src/protocol/chat/unsentText";
import { SessionHarness } from "../../../support/chats/sessionHarness";

/** A page with a replica, like the real one, that loses messages on command. */
class FakePage implements ChannelPage {
	readonly #messages = new Emitter<unknown>();
	readonly onDidReceiveMessage = this.#messages.event;
	readonly received: ChatEvent[] = [];
	readonly intents: UserIntent[] = [];
	replica: Replica | undefined;
	gaps = 0;
	losesNext = false;
	unsent: UnsentText | undefined;
	hasFocus: boolean | undefined;
	readonly channel: ViewChannel;

	constructor(chat: SessionHarness) {
		this.channel = new ViewChannel({
			page: this,
			store: chat.store,
			unsent: {
				get: () => this.unsent,
				set: (unsent) => {
					this.unsent = unsent;
				},
			},
			onFocusMoved: (hasFocus) => {
				this.hasFocus = hasFocus;
			},
			onIntent: (intent) => this.intents.push(intent),
			log: chat.log,
		});
	}

	postMessage(event: ChatEvent): Promise<boolean> {
		if (this.losesNext) {
			this.losesNext = false;
			return Promise.resolve(false);
		}
		this.received.push(event);
		if (event.type === "snapshot" || event.type === "fact") {
			const applied = applyEvent(this.replica, event);
			this.gaps += applied.kind === "gap" ? 1 : 0;
			this.replica = applied.kind === "applied" ? applied.replica : this.replica;
		}
		return Promise.resolve(true);
	}

	send(message: unknown): void {
		this.#messages.fire(message);
	}

	types(): string[] {
		return this.received.map((event) => (event.type === "fact" ? event.fact.type : event.type));
	}
}

describe("ViewChannel", () => {
	let chat: SessionHarness;
	let page: FakePage;
	beforeEach(async () => {
		chat = await SessionHarness.start();
		page = new FakePage(chat);
	});

	it("posts nothing before the page is ready, and everything then", () => {
		chat.session.submit("u1", "Hello");
		assert.deepEqual(page.received, []);
		page.send({ type: "ready" });
		assert.deepEqual(page.types(), ["snapshot"]);
		assert.deepEqual(page.replica?.chat, chat.store.state);
	});

	it("answers any number of snapshot requests in one turn of the event loop with three", async () => {
		for (let asked = 0; asked < 20_000; asked += 1) {
			page.send(asked % 2 === 0 ? { type: "ready" } : { type: "resync", haveRevision: asked });
		}
		assert.deepEqual(page.types(), ["snapshot", "snapshot"]);
		await setImmediate();
		await setImmediate();
		assert.deepEqual(page.types(), ["snapshot", "snapshot", "snapshot"]);
		assert.deepEqual(page.replica?.chat, chat.store.state);
		page.send({ type: "ready" });
		assert.equal(page.received.length, 4);
	});

	it("posts no snapshot to a page that was hidden after it asked", async () => {
		for (let asked = 0; asked < 10; asked += 1) {
			page.send({ type: "ready" });
		}
		page.channel.pause();
		await setImmediate();
		await setImmediate();
		assert.equal(page.received.length, 2);
	});

	it("drops intents beyond the rate of a user", () => {
		const startedAt = performance.now();
		for (let click = 0; click < 5000; click += 1) {
			page.send({ type: "openLink", url: "https://example.com/" });
			page.send({ type: "haunt" });
		}
		const seconds = 1 + Math.ceil((performance.now() - startedAt) / 1000);
		assert.ok(page.intents.length <= 100 * seconds, `${page.intents.length} intents`);
		assert.ok(chat.log.lines.length < 500 * seconds, `${chat.log.lines.length} lines`);
	});

	it("passes on every change of a draft", () => {
		for (let key = 0; key < 1000; key += 1) {
			page.send({ type: "draftTyped", text: `draft ${key}` });
		}
		assert.equal(page.intents.length, 1000);
	});

	it("keeps the unsent text of its view, and restores it in the next page", () => {
		page.send({ type: "ready" });
		const edits = [{ editedId: "u1", text: "Hello you", sentAs: undefined }];
		const unsent = { draft: "half a thou", edits, revision: 11 };
		page.send({ type: "keepUnsent", unsent });
		assert.deepEqual(page.unsent, unsent);
		assert.deepEqual(page.intents, []);
		page.channel.pause();
		page.send({ type: "ready" });
		const [first, second] = page.received;
		assert.ok(first?.type === "snapshot" && second?.type === "snapshot");
		assert.equal(first.unsent, undefined);
		assert.deepEqual(second.unsent, unsent);
	});

	it("reports whether its page has the focus, which a hidden page never has", () => {
		page.send({ type: "focusMoved", hasFocus: true });
		assert.equal(page.hasFocus, true);
		assert.deepEqual(page.intents, []);
		page.channel.pause();
		assert.equal(page.hasFocus, false);
	});

	it("shows a sentence only in a page that is listening", () => {
		assert.equal(page.channel.tell("There is nothing to insert into."), false);
		page.send({ type: "ready" });
		assert.equal(page.channel.tell("There is nothing to insert into."), true);
		assert.deepEqual(page.types(), ["snapshot", "told"]);
		page.channel.pause();
		assert.equal(page.channel.tell("Too late."), false);
	});

	it("keeps a live page in sync with the chat, fact by fact", async () => {
		page.send({ type: "ready" });
		await chat.exchange("u1", "Hello", "Hi");
		assert.deepEqual(page.replica?.chat, chat.store.state);
		assert.equal(page.types().filter((type) => type === "snapshot").length, 1);
	});

	it("repairs a lost message with one snapshot", async () => {
		page.send({ type: "ready" });
		await chat.begin("u1", "Hello");
		page.losesNext = true;
		chat.say("Hi");
		chat.say(" there");
		assert.ok(page.gaps > 0);
		page.send({ type: "resync", haveRevision: page.replica!.revision });
		assert.deepEqual(page.replica?.chat, chat.store.state);
		chat.say("!");
		assert.deepEqual(page.replica.chat, chat.store.state);
		assert.match(chat.log.lines.join("\n"), /warn a view lost an event/);
	});

	it("posts nothing to a hidden page, and the next page starts from a snapshot", async () => {
		page.send({ type: "ready" });
		await chat.begin("u1", "Hello");
		page.channel.pause();
		const before = page.received.length;
		chat.say("Hi");
		assert.equal(page.received.length, before);
		page.replica = undefined;
		page.send({ type: "ready" });
		chat.say(" there");
		assert.equal(page.gaps, 0);
		assert.deepEqual(page.replica!.chat, chat.store.state);
	});

	it("never decreases the revision, so that an event for an older page is stale in a newer one", async () => {
		page.send({ type: "ready" });
		await chat.begin("u1", "Hello");
		chat.say("Hi");
		const late = page.received.at(-1)!;
		page.replica = undefined;
		page.send({ type: "ready" });
		assert.ok(late.type === "fact");
		assert.equal(applyEvent(page.replica, late).kind, "stale");
	});

	it("drops a malformed intent, logging its invalid fields but never their values", () => {
		for (const message of [
			undefined,
			"ready",
			{ type: "runCommand", command: "secret" },
			{ type: "submit", turnId: 7, text: "secret" },
			{ type: "openLink", url: "command:secret" },
			{ type: "openLink", url: "file:///secret" },
			{ type: "removeAttachment", attachmentId: "" },
		]) {
			page.send(message);
		}
		assert.deepEqual(page.intents, []);
		assert.equal(chat.log.lines.filter((line) => line.startsWith("warn dropped")).length, 7);
		assert.doesNotMatch(chat.log.lines.join("\n"), /secret/);
	});

	it("passes on the intents of the view", () => {
		page.send({ type: "submit", turnId: "u1", text: "Hello" });
		page.send({ type: "stop" });
		assert.deepEqual(page.intents, [
			{ type: "submit", turnId: "u1", text: "Hello" },
			{ type: "stop" },
		]);
	});

	it("requests the focus at once, and again when a page that may have missed it is ready", () => {
		page.channel.focusComposer();
		assert.deepEqual(page.types(), ["focusRequested"]);
		page.send({ type: "ready" });
		assert.deepEqual(page.types().slice(1), ["snapshot", "focusRequested"]);
		page.send({ type: "ready" });
		assert.deepEqual(page.types().slice(3), ["snapshot"]);
		page.channel.focusComposer();
		assert.equal(page.types().at(-1), "focusRequested");
	});

	it("neither posts nor receives once disposed", () => {
		page.send({ type: "ready" });
		page.channel.dispose();
		page.send({ type: "stop" });
		chat.session.submit("u1", "Hello");
		assert.deepEqual(page.types(), ["snapshot"]);
		assert.deepEqual(page.intents, []);
	});

	it("survives a page that rejects a message", async () => {
		page.postMessage = () => Promise.reject(new Error("Webview is disposed"));
		page.send({ type: "ready" });
		await chat.settle();
		assert.match(chat.log.lines.join("\n"), /warn snapshot could not be posted/);
	});

	it("keeps two views of one chat in sync", async () => {
		const other = new FakePage(chat);
		page.send({ type: "ready" });
		await chat.begin("u1", "Hello");
		chat.say("Hi");
		other.send({ type: "ready" });
		chat.say(" there");
		page.channel.pause();
		chat.say("!");
		await chat.end("complete");
		assert.deepEqual(other.replica?.chat, chat.store.state);
		assert.notDeepEqual(page.replica?.chat, chat.store.state);
		page.send({ type: "ready" });
		assert.deepEqual(page.replica?.chat, chat.store.state);
		assert.deepEqual([page.gaps, other.gaps], [0, 0]);
	});

	it("settles when its first page is listening, or none ever will", async () => {
		const chat = await SessionHarness.start();
		for (const settle of [
			(page: FakePage) => {
				page.send({ type: "ready" });
			},
			(page: FakePage) => {
				page.channel.dispose();
			},
		]) {
			const page = new FakePage(chat);
			let isSettled = false;
			const settled = page.channel.whenLive.then(() => {
				isSettled = true;
			});
			await chat.settle();
			assert.equal(isSettled, false);
			settle(page);
			await settled;
			page.channel.dispose();
		}
	});
});
