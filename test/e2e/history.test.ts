import assert from "node:assert/strict";
import { until } from "../support/until";
import { describeInVsCode } from "./support/describeInVsCode";

describeInVsCode("The history of chats", {}, (window) => {
	it("starts with a sentence while it is empty", async () => {
		const { chat, workbench } = window();
		await chat.button("History").click();
		await workbench.entry("No chats yet").waitFor();
		await workbench.pressInPick("Escape");
	});

	it("lists every chat, newest first, with the folder in which it started", async () => {
		const { chat, workbench } = window();
		await chat.ask("What is the capital of Japan?");
		await chat.button("New Chat").click();
		await until("the chat is empty", async () => (await chat.questions.count()) === 0);
		await chat.ask("List 4 sports");
		await chat.button("History").click();
		await workbench.entry("List 4 sports").waitFor();
		const [first, second] = await workbench.entries();
		assert.match(first!, /^List 4 sports.*Current · workspace · /);
		assert.match(second!, /^What is the capital of Japan\?.*workspace · /);
		assert.match(
			await workbench.pickHint(),
			/^Search titles and messages · 2 chats · [\d.]+ kB · .* free on disk$/,
		);
		await window().screenshot("history");
	});

	it("finds text in messages, and opens the chat", async () => {
		const { chat, workbench } = window();
		await workbench.writeIntoPick("tokyo");
		await workbench.entry("What is the capital of Japan?").waitFor();
		await until("it is the only one", async () => (await workbench.entries()).length === 1);
		await until("the words around it are shown", async () =>
			(await workbench.entries())[0]?.includes("The capital of Japan is Tokyo."),
		);
		await window().screenshot("history-search");
		await workbench.pressInPick("Enter");
		await until("the chat is shown", async () =>
			(await chat.said())[0]?.includes("What is the capital of Japan?"),
		);
		assert.equal(await chat.questions.count(), 1);
	});

	it("renames a chat, pins it, and keeps its place in the list", async () => {
		const { chat, workbench } = window();
		await chat.button("History").click();
		await workbench.pressEntryButton("What is the capital of Japan?", "Rename");
		await workbench.writeOver("What is the capital of Japan?", "Capitals");
		await workbench.pressInPick("Enter");
		await workbench.entry("Capitals").waitFor();
		await until("its line is the active one", async () =>
			(await workbench.activeEntry()).startsWith("Capitals"),
		);
		await workbench.pressEntryButton("Capitals", "Pin");
		await until("it is pinned", async () =>
			/^Capitals.*Pinned/.test((await workbench.entries())[0]!),
		);
		assert.match(await workbench.activeEntry(), /^Capitals/);
		await workbench.pressEntryButton("Capitals", "Unpin");
		await until("it is not", async () => !(await workbench.entries())[0]!.includes("Pinned"));
		await workbench.pressInPick("Escape");
	});

	it("deletes the visible chat, and Undo restores it", async () => {
		const { chat, workbench } = window();
		await chat.button("History").click();
		await workbench.pressEntryButton("Capitals", "Delete");
		await until("its line is gone", async () => (await workbench.entries()).length === 1);
		await until("a new chat is shown", async () => (await chat.questions.count()) === 0);
		const notification = workbench.notification("“Capitals” was deleted.");
		// A VS Code that a test drives does not pop up notifications.
		await workbench.showNotifications();
		await notification.getByRole("button", { name: "Undo", exact: true }).click();
		await until("it is shown again", async () =>
			(await chat.said())[0]?.includes("What is the capital of Japan?"),
		);
		await until("its line is back", async () => (await workbench.entries()).length === 2);
		await workbench.pressInPick("Escape");
	});

	it("restores deleted chats from a separate list, and returns from it", async () => {
		const { chat, workbench } = window();
		await chat.button("History").click();
		await workbench.pressEntryButton("List 4 sports", "Delete");
		await until("its line is gone", async () => (await workbench.entries()).length === 1);
		await workbench.pressPickButton("Recently Deleted");
		await until("it is listed", async () =>
			/^List 4 sports.*deleted: Today/.test((await workbench.entries())[0]!),
		);
		await window().screenshot("recently-deleted");
		await workbench.pressEntryButton("List 4 sports", "Restore");
		await workbench.entry("Nothing was deleted in the last 30 days").waitFor();
		await workbench.pressPickButton("Back");
		await until("it is back", async () => (await workbench.entries()).length === 2);
		await workbench.pressPickButton("New Chat");
		await until("a new chat is shown", async () => (await chat.questions.count()) === 0);
	});
});
