import assert from "node:assert/strict";
import { inferenceProcesses } from "./support/inferenceProcess";
import { drawConversations, knownAnswer, knownConversations } from "./support/knownAnswers";
import { chosenSeed } from "../support/random";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

const seed = chosenSeed();
const longQuestion = "Write a long story";

describeInVsCode("Asking", {}, (window) => {
	it("opens from the palette and answers the first message", async () => {
		const { workbench, chat } = window();
		await workbench.runCommand("Local LLM: Open Chat");
		await until("the message box has the focus", () =>
			chat.messageBox.evaluate((element) => element === element.ownerDocument.activeElement),
		);

		assert.equal(inferenceProcesses(window().serverPid).length, 0, "nothing runs before a message");

		const answer = await chat.ask("Who are you?");

		assert.equal(await chat.copy(answer), knownAnswer("Who are you?"));
		assert.match(await chat.status.innerText(), /CPU, \d+ threads?/);
		assert.equal(inferenceProcesses(window().serverPid).length, 1);
	});

	it("clears the chat, and Undo restores it", async () => {
		const { chat } = window();
		await chat.clear();
		await chat.heading("New chat").waitFor();
		assert.match(await chat.systemMessage.innerText(), /You are a helpful assistant\./);

		await chat.text("Chat cleared").waitFor();
		await chat.button("Undo").click();

		await until("the answer is back", async () =>
			(await chat.lastAnswer.innerText()).includes("I am a tiny demo model."),
		);
		assert.equal(await chat.answers.count(), 1);
	});

	it("shows an answer while it grows", async () => {
		const { chat } = window();
		await chat.send(longQuestion);
		const lengths: number[] = [];
		for (const length of [50, 250, 450]) {
			await window().midAnswer(async () => {
				lengths.push((await chat.lastAnswer.innerText()).length);
			}, length);
		}
		await chat.answerEnded();

		lengths.push((await chat.lastAnswer.innerText()).length);
		assert.deepEqual(
			lengths,
			[...new Set(lengths)].sort((a, b) => a - b),
			"each look showed more of it",
		);
		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(longQuestion));
	});

	it("stops mid-answer and keeps the text so far", async () => {
		const { chat } = window();
		await chat.clear();
		await chat.send(longQuestion);
		await window().midAnswer(() => chat.button("Stop").click());
		await chat.answerEnded();

		assert.match(await chat.lastAnswer.innerText(), /Stopped/);
		const text = await chat.copy(chat.lastAnswer);
		assert.ok(knownAnswer(longQuestion).startsWith(text), "the text is a beginning of the answer");
		assert.ok(text.length < knownAnswer(longQuestion).length, "the answer was cut");
	});

	it("stops on Escape", async () => {
		const { chat } = window();
		await chat.clear();
		await chat.send(longQuestion);
		await window().midAnswer(() => chat.messageBox.press("Escape"));
		await chat.answerEnded();

		assert.match(await chat.lastAnswer.innerText(), /Stopped/);
	});

	it("queues a message that is sent during an answer, and answers it afterwards", async () => {
		const { chat } = window();
		await chat.clear();
		await chat.send(longQuestion);
		await window().midAnswer(async () => {
			await chat.send("Hello!");
			await chat.button("Remove").waitFor();
		});
		await until("the message that waited is sent", async () => (await chat.answers.count()) === 2);
		await chat.answerEnded();
		assert.equal(await chat.copy(chat.answers.first()), knownAnswer(longQuestion));
		assert.match((await chat.said()).at(-1) ?? "", /^Hello!/);
		assert.equal(await chat.button("Remove").count(), 0);
	});

	it("returns a queued message to the message box, and sends nothing more than was sent", async () => {
		const { chat } = window();
		await chat.clear();
		await chat.send(longQuestion);
		await window().midAnswer(async () => {
			await chat.send("Hello!");
			await chat.button("Remove").click();
			await until(
				"the text is in the message box",
				async () => (await chat.messageBox.inputValue()) === "Hello!",
			);
		});
		await chat.answerEnded();
		assert.equal(await chat.questions.count(), 1);
		await chat.write("");
	});

	describe(`gives the model's own answers (SEED=${String(seed)})`, () => {
		const single = knownConversations.filter(({ turns }) => turns.length === 1);
		const several = knownConversations.filter(({ turns }) => turns.length > 1);
		const drawn = [...drawConversations(single, 4, seed), ...drawConversations(several, 2, seed)];
		for (const { category, system, turns } of drawn) {
			it(`${category}: ${turns.map(({ user }) => user.split("\n")[0]).join(" / ")}`, async () => {
				const { chat } = window();
				await window().editSettings({ "localLlm.systemPrompt": system });
				const begin = system.slice(0, 40);
				await until("the system prompt is in force", async () =>
					(await chat.systemMessage.innerText()).includes(begin),
				);
				await chat.clear();
				for (const { user, assistant } of turns) {
					assert.equal(await chat.copy(await chat.ask(user)), assistant);
				}
			});
		}
	});
});
