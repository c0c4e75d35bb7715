import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fixture } from "../support/exchange/importing";
import { until } from "../support/until";
import { describeInVsCode } from "./support/describeInVsCode";

const question = "What is the capital of Japan?";
const answer = "The capital of Japan is Tokyo.";

describeInVsCode("Chats in files", {}, (window) => {
	const file = (name: string): string => path.join(window().folder, name);

	it("are exported for reading", async () => {
		const { chat, workbench } = window();
		await chat.ask(question);
		await workbench.runCommand("Local LLM: Export Chat…");
		await workbench.choose("Markdown");
		await workbench.chooseFile(file("capital.md"));
		await workbench.announced(/The chat was exported to capital\.md/);
		const text = await readFile(file("capital.md"), "utf8");
		assert.ok(text.startsWith(`# ${question}\n`), text);
		assert.ok(text.includes(answer), text);
	});

	it("are exported completely, and imported on another machine", async () => {
		const { chat, workbench } = window();
		await workbench.runCommand("Local LLM: Export Chat…");
		await workbench.choose("JSON");
		await workbench.chooseFile(file("capital.json"));
		await until("the file is there", () => readFile(file("capital.json"), "utf8").catch(() => ""));
		await chat.button("History").click();
		await workbench.pressEntryButton(question, "Delete");
		await until("its line is gone", async () =>
			(await workbench.entries()).every((line) => !line.includes(question)),
		);
		await workbench.pressInPick("Escape");
		await workbench.runCommand("Local LLM: Import Chats…");
		await workbench.chooseFile(file("capital.json"));
		await workbench.announced(/Imported 1 chat\./);
		await chat.button("History").click();
		await workbench.choose(question);
		await until("it is shown", async () => (await chat.said())[0] === question);
		assert.equal(await chat.copy(chat.lastAnswer), answer);
	});

	for (const [program, name, title] of [
		["ChatGPT", "chatGpt.json", "Fibonacci in two ways"],
		["LM Studio", "lmStudio.conversation.json", "A haiku"],
		["Open WebUI", "openWebUi.json", "Fifteen times seventeen"],
	] as const) {
		it(`are imported from ${program}`, async () => {
			const { chat, workbench } = window();
			await writeFile(file(name), fixture(name));
			await workbench.runCommand("Local LLM: Import Chats…");
			await workbench.chooseFile(file(name));
			await until("it is in the history", async () => {
				await chat.button("History").click();
				await workbench.entry(question).waitFor();
				const lines = await workbench.entries();
				await workbench.pressInPick("Escape");
				return lines.some((line) => line.startsWith(title));
			});
		});
	}

	it("are exported all at once, one file each", async () => {
		const { chat, workbench } = window();
		await chat.button("History").click();
		await workbench.entry(question).waitFor();
		const count = (await workbench.entries()).length;
		await workbench.pressInPick("Escape");
		await rm(file("all"), { recursive: true, force: true });
		await mkdir(file("all"));
		await workbench.runCommand("Local LLM: Export All Chats…");
		await workbench.choose("Markdown");
		await workbench.chooseFile(`${file("all")}/`);
		await until("every chat is there", async () => (await readdir(file("all"))).length >= count);
	});
});
