import assert from "node:assert/strict";
import type { UnsentText } from "../../../../src/protocol/chat/unsentText";
import { maxUnsentEdits, maxUnsentLength } from "../../../../src/protocol/text/textLimit";
import { KeptView } from "../../../../src/webview/state/keptView";
import { emptyViewState, type ViewState } from "../../../../src/webview/state/viewState";
import { chatState, endedTurn, preparingTurn, userTurn } from "../../../support/view/chatStates";
import { FakeHostPort } from "../../../support/view/fakeHostPort";
import { until } from "../../../support/until";

const talk = chatState({ turns: [userTurn("u1", "As it was"), endedTurn("a1", "Yes.")] });

function textsOf(edits: ViewState["edits"]): Readonly<Record<string, string>> {
	return Object.fromEntries(edits.map(({ editedId, text }) => [editedId, text]));
}

/** A page whose view starts with what VS Code kept, over a host that keeps everything it receives. */
class Page {
	readonly port: FakeHostPort;
	readonly view: KeptView;

	constructor(draft = "", unsentRevision = 0, edits: ViewState["edits"] = []) {
		this.port = new FakeHostPort({ ...emptyViewState, draft, unsentRevision, edits });
		this.view = new KeptView(
			this.port,
			() => "t",
			() => undefined,
		);
	}

	get told(): readonly string[] {
		return this.port.sentOf("keepUnsent").map(({ unsent }) => unsent.draft);
	}

	/** The text that the host has at the end of the window. */
	get kept(): UnsentText | undefined {
		return this.port.sentOf("keepUnsent").at(-1)?.unsent;
	}

	type(text: string): void {
		for (let length = 1; length <= text.length; length += 1) {
			this.view.changeDraft(text.slice(0, length));
		}
	}

	/** Edits the message `editedId`. */
	rewrite(editedId: string, text: string): void {
		this.view.edit({ type: "begin", editedId, text: "As it was" }, talk);
		this.view.edit({ type: "change", editedId, text }, talk);
	}

	/** The texts of the edits, by the ids of their messages. */
	get edits(): Readonly<Record<string, string>> {
		return textsOf(this.view.edits);
	}

	get keptEdits(): Readonly<Record<string, string>> | undefined {
		return this.kept && textsOf(this.kept.edits);
	}
}

describe("A draft kept by the host", () => {
	it("is sent within about a second, and not on every key press", async () => {
		const page = new Page();
		page.type("Hello");
		assert.deepEqual(page.told, []);
		await until("it is told", () => page.told.length > 0);
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("is sent at the latest when the page closes", () => {
		const page = new Page();
		page.view.dispose();
		page.type("Hello");
		page.view.dispose();
		page.view.dispose();
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("is restored if VS Code lost all of it, or its latest changes", () => {
		const killed = new Page();
		killed.type("Hello there");
		killed.view.dispose();
		for (const page of [new Page(), new Page("Hello", 5)]) {
			page.view.restoreUnsent(killed.kept);
			assert.equal(page.view.draft, "Hello there");
			assert.equal(page.port.readState().draft, "Hello there");
			assert.deepEqual(page.told, []);
			page.view.changeDraft("Hello there!");
			page.view.dispose();
			const again = new Page("Hello", 5);
			again.view.restoreUnsent(page.kept);
			assert.equal(again.view.draft, "Hello there!");
		}
	});

	it("is replaced by a newer one that VS Code kept", () => {
		const page = new Page("newer", 8);
		page.view.restoreUnsent({ draft: "older", edits: [], revision: 7 });
		assert.equal(page.view.draft, "newer");
		assert.deepEqual(page.kept, { draft: "newer", edits: [], revision: 8 });
	});

	it("is placed before text that was typed before it was restored", () => {
		const page = new Page();
		page.type("more");
		page.view.restoreUnsent({ draft: "kept", edits: [], revision: 2 });
		assert.equal(page.view.draft, "kept\nmore");
		page.view.dispose();
		assert.equal(page.kept?.draft, "kept\nmore");
		assert.ok(page.kept.revision > 4);
	});

	it("is restored only once: a later snapshot does not change the draft", () => {
		const page = new Page();
		page.view.restoreUnsent(undefined);
		page.type("typed");
		page.view.restoreUnsent({ draft: "ty", edits: [], revision: 2 });
		assert.equal(page.view.draft, "typed");
		assert.equal(page.kept?.draft, "typed");
	});

	it("is discarded when the host accepts the message, and is not restored", () => {
		const page = new Page();
		page.type("Hello");
		page.view.dispose();
		const chat = chatState();
		page.view.sendDraft(chat);
		assert.equal(page.kept?.draft, "Hello");
		const taken = chatState({ turns: [userTurn("t", "Hello"), preparingTurn("answer")] });
		page.view.follow(taken, chat);
		assert.equal(page.kept.draft, "");

		const stale = new Page("Hello", 5);
		stale.view.restoreUnsent(page.kept);
		assert.equal(stale.view.draft, "");
	});

	it("is sent at once when a message returns to it", () => {
		const page = new Page();
		page.view.takeBack({ turnId: "t", text: "Hello", attachments: [] });
		assert.deepEqual(page.told, ["Hello"]);
	});

	it("is kept only by VS Code if it is too long", () => {
		const page = new Page();
		page.view.changeDraft("x".repeat(maxUnsentLength));
		page.view.dispose();
		page.view.changeDraft("x".repeat(maxUnsentLength + 1));
		page.view.dispose();
		assert.deepEqual(
			page.told.map(({ length }) => length),
			[maxUnsentLength],
		);
		page.view.changeDraft("");
		page.view.dispose();
		assert.equal(page.kept?.draft, "");
	});
});

describe("An edit kept by the host", () => {
	it("is sent within about a second, and not on every key press", async () => {
		const page = new Page();
		page.rewrite("u1", "As it i");
		page.rewrite("u1", "As it is");
		assert.equal(page.kept, undefined);
		await until("it is told", () => page.kept !== undefined);
		assert.deepEqual(page.keptEdits, { u1: "As it is" });
		assert.equal(page.port.sentOf("keepUnsent").length, 1);
	});

	it("is restored if VS Code lost all of it, or its latest changes", () => {
		const killed = new Page("draft", 5);
		killed.rewrite("u1", "As it is");
		killed.view.dispose();
		const stale = [{ editedId: "u1", text: "As", sentAs: undefined }];
		for (const page of [new Page(), new Page("draft", 5), new Page("draft", 6, stale)]) {
			page.view.restoreUnsent(killed.kept);
			assert.deepEqual(page.edits, { u1: "As it is" });
			assert.deepEqual(textsOf(page.port.readState().edits), { u1: "As it is" });
			assert.equal(page.view.draft, "draft");
		}
	});

	it("is replaced by a newer one that VS Code kept, which the host receives", () => {
		const page = new Page("", 8, [{ editedId: "u1", text: "newer", sentAs: undefined }]);
		page.view.restoreUnsent({
			draft: "",
			edits: [{ editedId: "u1", text: "older" }],
			revision: 7,
		});
		assert.deepEqual(page.edits, { u1: "newer" });
		assert.deepEqual(page.keptEdits, { u1: "newer" });
	});

	it("stays unchanged if it was begun or changed before the others were restored", () => {
		const page = new Page("", 1, [{ editedId: "u2", text: "stale", sentAs: undefined }]);
		page.rewrite("u1", "begun");
		page.rewrite("u2", "changed");
		page.view.restoreUnsent({
			draft: "kept",
			edits: [
				{ editedId: "u2", text: "kept" },
				{ editedId: "u3", text: "kept" },
			],
			revision: 9,
		});
		assert.deepEqual(page.edits, { u1: "begun", u2: "changed", u3: "kept" });
		assert.equal(page.view.draft, "kept");
		assert.deepEqual(page.keptEdits, page.edits);
		assert.ok(page.kept && page.kept.revision > 9);
	});

	it("is discarded when it is canceled, and is not restored", () => {
		const page = new Page();
		page.rewrite("u1", "As it is");
		page.view.dispose();
		page.view.edit({ type: "cancel", editedId: "u1" }, talk);
		assert.deepEqual(page.keptEdits, {});

		const stale = new Page("", 2, [{ editedId: "u1", text: "As it is", sentAs: undefined }]);
		stale.view.restoreUnsent(page.kept);
		assert.deepEqual(stale.edits, {});
	});

	it("is discarded when the host shows that it was sent", () => {
		const page = new Page();
		page.rewrite("u1", "As it is");
		page.view.edit({ type: "send", editedId: "u1" }, talk);
		assert.deepEqual(page.keptEdits, { u1: "As it is" });
		page.view.follow(chatState({ turns: [userTurn("t", "As it is")] }), talk);
		assert.deepEqual(page.keptEdits, {});
	});

	it("is not restored if the window was killed after it was sent and before it was shown", () => {
		const killed = new Page();
		killed.rewrite("u1", "As it is");
		killed.view.edit({ type: "send", editedId: "u1" }, talk);
		assert.deepEqual(
			killed.port.sent.map(({ type }) => type),
			["keepUnsent", "edit"],
		);
		const page = new Page();
		page.view.restoreUnsent(killed.kept);
		page.view.follow(chatState({ turns: [userTurn("t", "As it is")] }), undefined);
		assert.deepEqual(page.edits, {});
	});

	it("is kept while another chat is shown", () => {
		const killed = new Page();
		killed.rewrite("u1", "As it is");
		killed.view.dispose();
		const page = new Page();
		page.view.restoreUnsent(killed.kept);
		page.view.follow(chatState({ chatId: "other", turns: [userTurn("u9", "Else")] }), undefined);
		page.type("Hello");
		page.view.dispose();
		assert.deepEqual(page.keptEdits, { u1: "As it is" });
	});

	it("is kept only by VS Code if the draft and later edits leave no room", () => {
		const page = new Page();
		page.rewrite("u1", "early");
		page.rewrite("u2", "x".repeat(maxUnsentLength - 10));
		page.rewrite("u3", "late");
		page.type("draft");
		page.view.dispose();
		assert.deepEqual(Object.keys(page.keptEdits ?? {}), ["u2", "u3"]);
		page.type("a longer draft");
		page.view.dispose();
		assert.deepEqual(page.keptEdits, { u1: "early", u3: "late" });
		assert.equal(Object.keys(page.edits).length, 3);
	});

	it("is kept only by VS Code if too many edits were begun later", () => {
		const page = new Page();
		for (let index = 0; index <= maxUnsentEdits; index += 1) {
			page.rewrite(`u${index}`, "text");
		}
		page.view.dispose();
		assert.equal(page.kept?.edits.length, maxUnsentEdits);
		assert.equal(page.kept.edits[0]?.editedId, "u1");
	});
});
