import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { demoModelFile } from "../../scripts/lib/paths.mjs";
import { until } from "../support/until";
import { describeInVsCode } from "./support/describeInVsCode";

/** The extension's download folder, relative to the open folder. */
const downloads = "../user-data/User/globalStorage/local-llm.local-llm-chatbot/models";
const modelFile = path.join(
	downloads,
	"huggingface.co/someone/Small-Chat-GGUF/Small-Chat-F16.gguf",
);
const model = "Small-Chat-F16";

const options = {
	arrange: async (folder: string): Promise<void> => {
		await mkdir(path.dirname(path.join(folder, modelFile)), { recursive: true });
		await copyFile(demoModelFile, path.join(folder, modelFile));
	},
};

describeInVsCode("Choosing a model", options, (window) => {
	it("lists local and downloadable models, and shows the details of a file", async () => {
		const { workbench } = window();
		await workbench.runCommand("Local LLM: Select Model");
		assert.match(await workbench.entry(model).innerText(), /Downloaded here · 2\.3 MB · F16/);
		await until("the model in use has its size and context", async () =>
			/^tiny-chat, 2\.3 MB · F16, Trained for a context of 4,096 tokens · .*, In use$/.test(
				(await workbench.entries())[0]!,
			),
		);
		const offered = await workbench.entry("Llama 3.2 1B Instruct").innerText();
		assert.match(offered, /808 MB · Llama 3\.2 Community License/);
		assert.match(offered, /CPU only, about .* of memory|Too large: needs/);
		await window().screenshot("select-model");
		await workbench.pressEntryButton(model, "Details");
		const page = workbench.preview;
		await page.getByRole("heading", { name: model }).waitFor();
		const facts = await page.getByRole("table").innerText();
		assert.match(facts, /Name in the file\s+Tiny Chat Demo/);
		assert.match(facts, /Parameters\s+1\.1 million/);
		assert.match(facts, /Trained context\s+4,096 tokens/);
		await window().screenshot("model-details");
	});

	it("keeps the conversation, and answers with the other model", async () => {
		const { chat, workbench } = window();
		await chat.ask("Hello!");
		await chat.button("Change model: tiny-chat").click();
		await workbench.choose(model);
		await until("the chat names the other model", async () =>
			(await chat.status.innerText()).includes(`${model} · not loaded`),
		);
		assert.equal(await chat.questions.count(), 1);
		const answer = await chat.ask("Who are you?");
		assert.match(await answer.innerText(), /I am a tiny demo model/);
		assert.equal(await chat.questions.count(), 2);
	});

	it("deletes a download after questions that name its size, and unloads it first", async () => {
		const { chat, folder, workbench } = window();
		await workbench.runCommand("Local LLM: Select Model");
		await workbench.pressEntryButton(model, "Delete from This Machine");
		await workbench.answerDialog(
			/The model is loaded, so it is unloaded first\. This frees 2\.3 MB\./,
			"Unload and Delete",
		);
		await workbench.answerDialog(/It could not be moved to the trash/, "Delete Permanently");
		await workbench.announced(/was deleted\. 2\.3 MB is free again/);
		assert.ok(!existsSync(path.join(folder, modelFile)));
		assert.match(await chat.status.innerText(), /not loaded/);
		assert.equal(await chat.questions.count(), 2);
	});
});
