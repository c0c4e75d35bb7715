import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";
import { knownAnswer } from "./support/knownAnswers";
import { until } from "../support/until";

const longQuestion = "Write a long story";

describeInVsCode("Views", {}, (window) => {
	it("show a complete answer that continued while the view was hidden", async () => {
		const { chat, workbench } = window();
		await chat.send(longQuestion);
		await window().midAnswer(async () => {
			await workbench.runCommand("View: Hide Secondary Side Bar");
			await until("the view is hidden", async () => !(await chat.log.isVisible()));
			await workbench.runCommand("Local LLM: Open Chat");
			await chat.log.waitFor();
			assert.ok(await chat.isBusy(), "it is still in mid-answer");
			assert.match(await chat.lastAnswer.innerText(), /The Story of the dragon/);
		});
		await chat.answerEnded();

		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(longQuestion));
	});

	it("keep a draft while they are hidden", async () => {
		const { chat, workbench } = window();
		await chat.write("a thought that is not finished");
		await workbench.runCommand("View: Hide Secondary Side Bar");
		await until("the view is hidden", async () => !(await chat.log.isVisible()));
		await workbench.runCommand("Local LLM: Open Chat");
		await chat.messageBox.waitFor();

		assert.equal(await chat.messageBox.inputValue(), "a thought that is not finished");
		await chat.write("");
	});

	it("show one chat in the side bar and in an editor tab, both live", async () => {
		const { chat, editorChat, workbench } = window();
		await workbench.runCommand("Local LLM: Open Chat in Editor");
		await editorChat.messageBox.waitFor();
		assert.equal(await editorChat.questions.count(), await chat.questions.count());

		await editorChat.clear();
		await until("the side bar is empty too", async () => (await chat.questions.count()) === 0);
		await editorChat.send(longQuestion);
		await window().midAnswer(async () => {
			await until("the tab shows it too", () => editorChat.hasGrown(100));
			assert.ok(await chat.isBusy());
			await chat.button("Stop").click();
		});
		await editorChat.answerEnded();
		await chat.answerEnded();

		assert.match(await editorChat.lastAnswer.innerText(), /Stopped/);
		assert.equal(await editorChat.copy(editorChat.lastAnswer), await chat.copy(chat.lastAnswer));
	});

	it("return after the window is reloaded, with draft and settings", async () => {
		const { chat, editorChat, workbench } = window();
		await window().editSettings({ "localLlm.maxTokens": 77 });
		await chat.write("a draft in the side bar");
		await editorChat.write("a draft in the tab");
		await workbench.reload();
		await chat.messageBox.waitFor();
		await editorChat.messageBox.waitFor();

		assert.equal(await chat.messageBox.inputValue(), "a draft in the side bar");
		assert.equal(await editorChat.messageBox.inputValue(), "a draft in the tab");
		const dialog = await chat.openSettings();
		assert.equal(await dialog.getByLabel("Max New Tokens").inputValue(), "77");
		await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
		assert.equal(await chat.questions.count(), 1, "the conversation is there");
		// After a stopped story, the demo model's answers vary.
		await chat.clear();
		const answer = await chat.ask("What is 7 * 8?");
		assert.match(await answer.innerText(), /7 \* 8 = 56/);
		await until("the tab shows the answer too", async () =>
			(await editorChat.log.innerText()).includes("7 * 8 = 56"),
		);
	});

	// This test comes last, because it ends the window.
	it("return after the window is killed, with the typed text and attachments", async () => {
		const { chat, workbench } = window();
		const editBox = { name: "Edit message" };
		await chat.ask("What is 7 * 8?");
		await workbench.selectLines("src/math.ts", 3, 5);
		await workbench.runCommand("Local LLM: Attach Code to Chat");
		await chat.button("math.ts:3-5").waitFor();
		await chat.press(chat.questions.last(), "Edit");
		await chat.log.getByRole("textbox", editBox).fill("a question that nobody has sent");
		await chat.write("a draft that nothing has saved");
		await until("VS Code has stored all of it", async () => {
			const stored = await workbench.storedState("local-llm.local-llm-chatbot");
			return [
				"a draft that nothing has saved",
				"a question that nobody has sent",
				"function addNumbers",
			].every((text) => stored.includes(text));
		});
		const next = await window().killAndOpen();
		await until("the draft is there", async () =>
			(await next.chat.messageBox.inputValue()).includes("a draft that nothing has saved"),
		);
		await next.chat.button("math.ts:3-5").waitFor();
		assert.equal(
			await next.chat.log.getByRole("textbox", editBox).inputValue(),
			"a question that nobody has sent",
		);
	});
});
