import assert from "node:assert/strict";
import type { KeptDraft } from "../../../src/protocol/keptDraft";
import { maxKeptDraftLength } from "../../../src/protocol/textLimit";
import { KeptView } from "../../../src/webview/keptView";
import { emptyViewState } from "../../../src/webview/viewState";
import { chatState, preparingTurn, userTurn } from "../../support/chatStates";
import { FakeHostPort } from "../../support/fakeHostPort";
import { until } from "../../support/until";

/** A page whose view begins with what VS Code kept of it, over a host that keeps what it is told. */
class Page {
	readonly port: FakeHostPort;
	readonly view: KeptView;

	constructor(draft = "", draftRevision = 0) {
		this.port = new FakeHostPort({ ...emptyViewState, draft, draftRevision });
		this.view = new KeptView(
			this.port,
			() => "t",
			() => undefined,
		);
	}

	get told(): readonly string[] {
		return this.port.sentOf("keepDraft").map(({ text }) => text);
	}

	/** What the host keeps at the end of the window. */
	get kept(): KeptDraft | undefined {
		const last = this.port.sentOf("keepDraft").at(-1);
		return last && { text: last.text, revision: last.revision };
	}

	type(text: string): void {
		for (let length = 1; length <= text.length; length += 1) {
			this.view.changeDraft(text.slice(0, length));
		}
	}
}

describe("The draft, as the host keeps it", () => {
	it("is told within a second or so, and not at every key", async () => {
		const page = new Page();
		page.type("Hello");
		assert.deepEqual(page.told, []);
		await until("it is told", () => page.told.length > 0);
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("is told at the latest when the page goes", () => {
		const page = new Page();
		page.view.dispose();
		page.type("Hello");
		page.view.dispose();
		page.view.dispose();
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("comes back where VS Code forgot all of it, or what was typed last", () => {
		const killed = new Page();
		killed.type("Hello there");
		killed.view.dispose();
		for (const page of [new Page(), new Page("Hello", 5)]) {
			page.view.restoreDraft(killed.kept);
			assert.equal(page.view.draft, "Hello there");
			assert.equal(page.port.readState().draft, "Hello there");
			assert.deepEqual(page.told, []);
			page.view.changeDraft("Hello there!");
			page.view.dispose();
			const again = new Page("Hello", 5);
			again.view.restoreDraft(page.kept);
			assert.equal(again.view.draft, "Hello there!");
		}
	});

	it("gives way to what VS Code kept where that is newer, and learns of it", () => {
		const page = new Page("newer", 8);
		page.view.restoreDraft({ text: "older", revision: 7 });
		assert.equal(page.view.draft, "newer");
		assert.deepEqual(page.kept, { text: "newer", revision: 8 });
	});

	it("stands in front of what was typed before it came back", () => {
		const page = new Page();
		page.type("more");
		page.view.restoreDraft({ text: "kept", revision: 2 });
		assert.equal(page.view.draft, "kept\nmore");
		page.view.dispose();
		assert.equal(page.kept?.text, "kept\nmore");
		assert.ok(page.kept.revision > 4);
	});

	it("comes back once: a snapshot later on changes nothing that is typed", () => {
		const page = new Page();
		page.view.restoreDraft(undefined);
		page.type("typed");
		page.view.restoreDraft({ text: "ty", revision: 2 });
		assert.equal(page.view.draft, "typed");
		assert.equal(page.kept?.text, "typed");
	});

	it("is gone at once when the host takes the message, and does not come back", () => {
		const page = new Page();
		page.type("Hello");
		page.view.dispose();
		const chat = chatState();
		page.view.sendDraft(chat);
		assert.equal(page.kept?.text, "Hello");
		const taken = chatState({ turns: [userTurn("t", "Hello"), preparingTurn("answer")] });
		page.view.follow(taken, chat);
		assert.equal(page.kept.text, "");

		const stale = new Page("Hello", 5);
		stale.view.restoreDraft(page.kept);
		assert.equal(stale.view.draft, "");
	});

	it("is told at once when a message comes back into it", () => {
		const page = new Page();
		page.view.takeBack({ turnId: "t", text: "Hello", attachments: [] });
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("is left to VS Code alone where it is too long", () => {
		const page = new Page();
		page.view.changeDraft("x".repeat(maxKeptDraftLength));
		page.view.dispose();
		page.view.changeDraft("x".repeat(maxKeptDraftLength + 1));
		page.view.dispose();
		assert.deepEqual(
			page.told.map(({ length }) => length),
			[maxKeptDraftLength],
		);
		page.view.changeDraft("");
		page.view.dispose();
		assert.equal(page.kept?.text, "");
	});
});
