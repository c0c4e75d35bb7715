import assert from "node:assert/strict";
import path from "node:path";
import { demoModelFile } from "../../scripts/lib/paths.mjs";
import { badModels } from "./support/badModels";
import { describeInVsCode } from "./support/describeInVsCode";
import { knownAnswer } from "./support/knownAnswers";
import { until } from "../support/until";

const longQuestion = "Write a long story";

describeInVsCode("Failures", {}, (window) => {
	it("of the inference process keep the received text, and Retry answers", async () => {
		const { chat } = window();
		await chat.send(longQuestion);
		let engine = 0;
		await window().midAnswer(() => {
			engine = window().engine();
			process.kill(engine, "SIGKILL");
		});
		await chat.answerEnded();

		assert.match(
			await chat.lastAnswer.innerText(),
			/The process that runs the model ended unexpectedly \(SIGKILL\)/,
		);
		assert.match(await chat.lastAnswer.innerText(), /The Story of the dragon/);
		await chat.button("Show Crash Report").click();
		const { page, workbench } = window();
		await page.getByRole("tab", { name: /Crash Report\.md$/, selected: true }).waitFor();
		await workbench.preview.getByText(/The process ended after \d+ s: SIGKILL/).waitFor();
		await workbench.preview.getByText("Writing the answer.").waitFor();
		await chat.button("Retry").click();
		await until("the answer is generated anew", () => chat.isBusy());
		await chat.answerEnded();

		assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(longQuestion));
		assert.equal(await chat.questions.count(), 1);
		assert.notEqual(window().engine(), engine);
	});

	for (const { name, sentence, create } of badModels) {
		it(`of a model that is ${name} are shown, and the message stays`, async () => {
			const { chat } = window();
			const before = await chat.questions.count();
			const model = path.join(window().folder, "..", `${name.replaceAll(" ", "-")}.gguf`);
			await create(model);
			await window().editMachineSettings({ "localLlm.model": model });
			await until("the chat names the model", async () =>
				(await chat.status.innerText()).includes(path.basename(model, ".gguf")),
			);
			await chat.send("Hello!");
			await chat.text(sentence).waitFor();

			assert.equal(await chat.messageBox.inputValue(), "Hello!");
			assert.equal(await chat.questions.count(), before);
			assert.ok(await chat.button("Select Model").last().isVisible());
		});
	}

	it("end when a working model is set again", async () => {
		const { chat } = window();
		await window().editMachineSettings({ "localLlm.model": demoModelFile });
		await until("the chat names the model", async () =>
			(await chat.status.innerText()).includes("tiny-chat"),
		);
		await chat.clear();
		const answer = await chat.ask("Hello!");
		assert.match(await answer.innerText(), /Hello! How can I help you\?/);
	});
});
