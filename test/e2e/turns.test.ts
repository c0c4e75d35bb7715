import assert from "node:assert/strict";
import { until } from "../support/until";
import { describeInVsCode } from "./support/describeInVsCode";
import { knownAnswer } from "./support/knownAnswers";

const longQuestion = "Write a long story";

describeInVsCode("Turns", {}, (window) => {
	beforeEach(async () => {
		const { chat } = window();
		await chat.button("New Chat").click();
		await until("a new chat is shown", async () => (await chat.questions.count()) === 0);
	});

	/** Cuts the answer to the long question. @returns the text received so far */
	async function cutAnswer(cut: () => Promise<void> | void): Promise<string> {
		const { chat } = window();
		await chat.send(longQuestion);
		await window().midAnswer(cut, 200);
		await chat.answerEnded();
		const text = await chat.copy(chat.lastAnswer);
		assert.ok(text.length < knownAnswer(longQuestion).length, "the answer was cut");
		assert.ok(knownAnswer(longQuestion).startsWith(text));
		return text;
	}

	async function continueAnswer(): Promise<void> {
		const { chat } = window();
		await chat.button("Continue").click();
		await until("the answer is whole", async () => (await chat.button("Continue").count()) === 0);
		await chat.answerEnded();
		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(longQuestion));
	}

	it("are regenerated, and every version can be shown", async () => {
		const { chat } = window();
		await chat.ask("Who are you?");
		await chat.press(chat.lastAnswer, "Regenerate");
		await chat.text("2/2").waitFor();
		await chat.answerEnded();
		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer("Who are you?"));
		await chat.press(chat.lastAnswer, "Previous version");
		await chat.text("1/2").waitFor();
		await chat.press(chat.lastAnswer, "Next version");
		await chat.text("2/2").waitFor();
		assert.equal(await chat.answers.count(), 1);
	});

	it("of the user are edited and sent again, and the earlier version stays available", async () => {
		const { chat } = window();
		await chat.ask("Who are you?");
		await chat.ask("Hello!");
		await chat.press(chat.questions.first(), "Edit");
		const box = chat.log.getByRole("textbox", { name: "Edit message" });
		assert.equal(await box.inputValue(), "Who are you?");
		await box.fill("What can you do?");
		await chat.button("Save and Send").click();
		await until("the edited message is answered", async () =>
			(await chat.said()).at(-1)?.startsWith("Here is what I can do:"),
		);
		await chat.answerEnded();
		assert.equal(await chat.questions.count(), 1);
		await chat.press(chat.questions.first(), "Previous version");
		await until("the first version is back", async () => (await chat.questions.count()) === 2);
		assert.deepEqual(await chat.said(), [
			"Who are you?",
			knownAnswer("Who are you?"),
			"Hello!",
			knownAnswer("Hello!"),
		]);
	});

	it("are deleted with everything after them, and Undo restores them", async () => {
		const { chat } = window();
		await chat.ask("Who are you?");
		await chat.ask("Hello!");
		await chat.press(chat.questions.last(), "Delete");
		await until("the turn is gone", async () => (await chat.questions.count()) === 1);
		await chat.button("Undo").click();
		await until("the turn is back", async () => (await chat.questions.count()) === 2);
		assert.equal((await chat.said()).at(-1), knownAnswer("Hello!"));
	});

	it("continue after a Stop from where they stopped", async () => {
		await cutAnswer(() => window().chat.button("Stop").click());
		await continueAnswer();
	});

	it("continue after a crash from where they stopped", async () => {
		await cutAnswer(() => {
			process.kill(window().engine(), "SIGKILL");
		});
		await continueAnswer();
	});

	it("that were cut continue after the window is reloaded", async () => {
		const { chat, workbench } = window();
		await chat.send(longQuestion);
		await window().midAnswer(() => undefined, 200);
		await workbench.reload();
		await workbench.runCommand("Local LLM: Open Chat");
		await chat.answerEnded();
		const text = await chat.copy(chat.lastAnswer);
		assert.ok(text.length >= 200, "what was on screen is there");
		assert.ok(knownAnswer(longQuestion).startsWith(text));
		if (text !== knownAnswer(longQuestion)) {
			await continueAnswer();
		}
	});

	it("are queued visibly while another is answered, and can be taken back", async () => {
		const { chat } = window();
		const waiting = chat.region("Waiting message");
		await chat.send(longQuestion);
		await window().midAnswer(async () => {
			await chat.send("Who are you?");
			await waiting.getByText("Who are you?").waitFor();
			await chat.button("Remove").click();
			await waiting.waitFor({ state: "detached" });
			assert.equal(await chat.messageBox.inputValue(), "Who are you?");
			await chat.messageBox.press("Enter");
			await waiting.waitFor();
		});
		await until("the one that waited is answered", async () =>
			(await chat.said()).at(-1)?.startsWith(knownAnswer("Who are you?").slice(0, 20)),
		);
		await chat.answerEnded();
		assert.equal(await waiting.count(), 0);
		assert.equal(await chat.copy(chat.answers.first()), knownAnswer(longQuestion));
		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer("Who are you?"));
	});

	it("continue in one chat while another is visible", async () => {
		const { chat, workbench } = window();
		await chat.send(longQuestion);
		await window().midAnswer(() => chat.button("New Chat").click(), 100);
		await until("a new chat is shown", async () => (await chat.questions.count()) === 0);
		await chat.ask("Hello!");
		assert.equal((await chat.said()).at(-1), knownAnswer("Hello!"));
		await chat.button("History").click();
		await workbench.choose(longQuestion);
		await until("the other conversation is shown", async () =>
			(await chat.said()).includes(longQuestion),
		);
		await chat.answerEnded();
		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(longQuestion));
	});

	it("in two windows are never mixed: the second window sees the answer grow, and says who answers", async () => {
		const { chat } = window();
		await chat.ask("Who are you?");
		const second = await window().secondWindow();
		await second.chat.button("History").click();
		await second.workbench.choose("Who are you?");
		await until("the second window shows it too", async () =>
			(await second.chat.said()).includes("Who are you?"),
		);
		await chat.send(longQuestion);
		await window().midAnswer(async () => {
			await until("the answer grows in the second window", async () =>
				(await second.chat.said()).some((text) => text.startsWith("The Story")),
			);
			await second.chat.text("Another window is answering in this chat").waitFor();
		});
		await chat.answerEnded();
		await until("both show the same", async () => {
			const [ours, theirs] = [await chat.said(), await second.chat.said()];
			return JSON.stringify(ours) === JSON.stringify(theirs);
		});
	});
});
