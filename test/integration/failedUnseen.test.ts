import assert from "node:assert/strict";
import { until } from "../support/until";
import { startChat, type RunningChat } from "./extension";
import { PlayedInputs } from "./playedInputs";

describe("An answer that fails in a chat that is not visible", () => {
	let running: RunningChat;
	let inputs: PlayedInputs;
	let failedId: string;
	let answer: (button: string | undefined) => void;

	beforeEach(async () => {
		running = await startChat();
		inputs = new PlayedInputs();
		const { chat, languageModel } = running;
		chat.session.submit("u1", "Read [this](command:x)");
		failedId = chat.store.state.chatId;
		await until("the model is asked for", () => languageModel.prepares.length > 0);
		await chat.session.newChat();
		languageModel.prepares[0]!.fail({ kind: "modelFileMissing", path: "/m.gguf" });
		answer = await inputs.notification(
			"No answer in “Read [this] (command:x)”: The model file /m.gguf does not exist. Restore it, or choose another model.",
		);
	});

	afterEach(() => {
		inputs.dispose();
	});

	it("causes a notification, which opens the chat", async () => {
		const { chat } = running;
		assert.notEqual(chat.store.state.chatId, failedId);
		answer("Open Chat");
		await until("it is shown", () => chat.store.state.chatId === failedId);
		await until("the view is live", () => chat.liveViews().sideBar);
	});

	it("causes a notification, and nothing else if the user ignores it", async () => {
		const { chat } = running;
		const shownId = chat.store.state.chatId;
		answer(undefined);
		await chat.session.whenSettled;
		assert.equal(chat.store.state.chatId, shownId);
		assert.equal(inputs.notifications.length, 1);
	});

	it("causes a notification, and another one if the chat is gone by then", async () => {
		const { chat } = running;
		await (await chat.shown.library()).delete(failedId);
		answer("Open Chat");
		await inputs.notification(
			"“Read [this] (command:x)” cannot be opened, because it was deleted or its file is unreadable. Files that cannot be read are at the end of the history.",
		);
	});
});
