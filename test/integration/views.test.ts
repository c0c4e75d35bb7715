import assert from "node:assert/strict";
import { commands, TabInputWebview, ViewColumn, window, type Tab, type Webview } from "vscode";
import type { ChatEvent } from "../../src/protocol/chat/chatEvent";
import { applyEvent, type Replica } from "../../src/protocol/chat/replica";
import { ChatPanel } from "../../src/extension/view/chatPanel";
import { connectChatWebview, type ChatViewParts } from "../../src/extension/view/chatWebview";
import { SessionHarness } from "../support/chats/sessionHarness";
import { until } from "../support/until";
import { extension, openText, startChat } from "./extension";

function chatTabs(): Tab[] {
	return window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.filter(({ input }) => input instanceof TabInputWebview && input.viewType.includes("localLlm"));
}

function viewParts(chat: SessionHarness): ChatViewParts {
	return {
		extensionUri: extension().extensionUri,
		store: chat.store,
		unsent: { get: () => undefined, set: () => undefined },
		onFocusMoved: () => undefined,
		onPage: () => undefined,
		onIntent: () => undefined,
		log: chat.log,
	};
}

/** Returns `webview`, and records everything that is posted to it in `posted`. */
function recording(webview: Webview, posted: ChatEvent[]): Webview {
	return new Proxy(webview, {
		get(target, name) {
			if (name === "postMessage") {
				return (event: ChatEvent) => {
					posted.push(event);
					return target.postMessage(event);
				};
			}
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === "function" ? (value.bind(target) as unknown) : value;
		},
		set: (target, name, value) => Reflect.set(target, name, value, target),
	});
}

describe("the chat view", () => {
	it("opens with the command, reports that it is ready, and takes the focus again", async () => {
		const { chat } = await startChat();
		await commands.executeCommand("workbench.action.closeAuxiliaryBar");
		await commands.executeCommand("localLlm.openChat");
		await until("the view is live", () => chat.liveViews().sideBar);
		await commands.executeCommand("localLlm.openChat");
		assert.equal(chat.liveViews().sideBar, true);
	});

	it("is gone while the side bar is closed, and returns", async () => {
		const { chat } = await startChat();
		await commands.executeCommand("localLlm.openChat");
		await until("the view is live", () => chat.liveViews().sideBar);
		await commands.executeCommand("workbench.action.closeAuxiliaryBar");
		await until("the view is gone", () => !chat.liveViews().sideBar);
		await commands.executeCommand("localLlm.openChat");
		await until("the view is live again", () => chat.liveViews().sideBar);
	});
});

describe("the chat tab", () => {
	it("opens next to the view, once, and both are live", async () => {
		const { chat } = await startChat();
		await commands.executeCommand("localLlm.openChat");
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("both are live", () => {
			const live = chat.liveViews();
			return live.sideBar && live.editor;
		});
		await openText("other");
		await commands.executeCommand("localLlm.openChatInEditor");
		await until("the tab is in front again", () => chat.liveViews().editor);
		assert.equal(chatTabs().length, 1);
	});

	it("has the title of its chat, as much of it as fits into a tab", async () => {
		const harness = await SessionHarness.start();
		const owner = new ChatPanel(viewParts(harness));
		const tab = window.createWebviewPanel("localLlm.titled", "Chat", ViewColumn.Active);
		owner.deserializeWebviewPanel(tab);
		assert.equal(tab.title, "New chat");
		for (const [title, shown] of [
			["Adding numbers", "Adding numbers"],
			["ab ".repeat(40).trim(), `${"ab ".repeat(13).trim()}…`],
			["", "New chat"],
		] as const) {
			harness.store.publish({ type: "titleChanged", title });
			assert.equal(tab.title, shown);
		}
		owner.dispose();
		harness.store.publish({ type: "titleChanged", title: "Of another window" });
		assert.equal(tab.title, "New chat", "nobody listens any more");
		tab.dispose();
	});

	it("of the window before a reload is restored, but no second one", async () => {
		await startChat();
		const chat = await SessionHarness.start();
		const owner = new ChatPanel(viewParts(chat));
		const restored = window.createWebviewPanel("localLlm.restored", "Chat", ViewColumn.Active);
		owner.deserializeWebviewPanel(restored);
		await until("its page is ready", () => owner.isLive);
		const second = window.createWebviewPanel("localLlm.second", "Chat", ViewColumn.Beside);
		let closed = false;
		const watched = second.onDidDispose(() => {
			closed = true;
		});
		owner.deserializeWebviewPanel(second);
		await until("the second is closed", () => closed);
		watched.dispose();
		owner.dispose();
		assert.equal(restored.visible, true, "letting go of the tab does not close it");
		restored.dispose();
	});
});

describe("a real page", () => {
	it("is recreated during an answer, and shows it", async () => {
		await startChat();
		const chat = await SessionHarness.start();
		const panel = window.createWebviewPanel("localLlm.recreated", "Chat", ViewColumn.Active);
		const posted: ChatEvent[] = [];
		const webview = recording(panel.webview, posted);
		const channel = connectChatWebview(webview, viewParts(chat));
		const hidden = panel.onDidChangeViewState(() => {
			if (!panel.visible) {
				channel.pause();
			}
		});
		try {
			await until("the page is ready", () => channel.isLive);
			await chat.begin("u1", "Hello");
			chat.say("one ");
			const editor = await openText("in front of the chat");
			await until("the page is hidden", () => !channel.isLive);
			const postedBefore = posted.length;
			chat.say("two ");
			assert.equal(posted.length, postedBefore, "nothing is posted to a hidden page");

			await window.showTextDocument(editor.document);
			panel.reveal();
			await until("the new page is ready", () => channel.isLive);
			chat.say("three");
			await chat.end("complete");

			const sincePage = posted.slice(postedBefore);
			assert.equal(sincePage[0]?.type, "snapshot");
			let replica: Replica | undefined;
			for (const event of sincePage) {
				assert.ok(event.type === "snapshot" || event.type === "fact");
				const applied = applyEvent(replica, event);
				assert.ok(applied.kind === "applied", applied.kind);
				replica = applied.replica;
			}
			assert.deepEqual(replica?.chat, chat.store.state);
			assert.equal(chat.answer.reply, "one two three");
		} finally {
			hidden.dispose();
			channel.dispose();
			panel.dispose();
		}
	});
});
