import assert from "node:assert/strict";
import type { ChatView } from "./support/chatView";
import { describeInVsCode } from "./support/describeInVsCode";
import { knownAnswer } from "./support/knownAnswers";
import { until } from "../support/until";
import type { VsCodeWindow } from "./support/vsCodeWindow";

const table = "Show a table of fruits";
/** A question outside the demo model's training, so that the first words of its answer are random. */
const unheardOf = "日本語 Grzegorz 中文 العربية";
const pirate = "You are Bolton, a brave pirate.";

describeInVsCode("Settings", {}, (window) => {
	afterEach(async function () {
		if (this.currentTest?.state === "failed") {
			await backToDefaults(window());
		}
	});

	for (const { where, change } of [
		{ where: "in the dialog", change: changeInDialog },
		{ where: "in settings.json", change: changeInFile },
	]) {
		describe(where, () => {
			it("apply the system prompt from the next message on", async () => {
				const { chat } = window();
				await chat.clear();
				await change(window(), { "System Prompt": pirate });
				await systemPromptIs(chat, pirate);
				const answer = await chat.ask("Who are you?");
				assert.match(await answer.innerText(), /I am Bolton, a brave pirate\./);

				await change(window(), { "System Prompt": "You are a helpful assistant." });
				await systemPromptIs(chat, "You are a helpful assistant.");
			});

			it("end an answer at Max New Tokens, and the view says so", async () => {
				const { chat } = window();
				await change(window(), { "Max New Tokens": "5" });
				await dialogShows(chat, "Max New Tokens", "5");
				const answer = await chat.ask("Count from 1 to 10");
				assert.match(await answer.innerText(), /5 tokens.*Reached 5 tokens/);

				await change(window(), { "Max New Tokens": "2048" });
				await dialogShows(chat, "Max New Tokens", "2048");
			});

			it("vary answers at Temperature 2, and repeat them at 0", async () => {
				const { chat } = window();
				await change(window(), { Temperature: "2" });
				await dialogShows(chat, "Temperature", "2");
				const first = await freshAnswer(chat, unheardOf);
				await until(
					"another answer came",
					async () => (await freshAnswer(chat, unheardOf)) !== first,
				);

				await change(window(), { Temperature: "0" });
				await dialogShows(chat, "Temperature", "0");
				const calm = await freshAnswer(chat, unheardOf);
				assert.equal(await freshAnswer(chat, unheardOf), calm);
				assert.equal(await freshAnswer(chat, unheardOf), calm);
			});

			it("show the whole answer at once without Streaming", async () => {
				const { chat } = window();
				await chat.clear();
				await change(window(), { Streaming: false });
				await dialogShows(chat, "Streaming", false);
				await chat.send("Write a long story");
				await until("it says that it writes", async () =>
					/Writing… \d+ s/.test(await chat.lastAnswer.innerText()),
				);
				assert.doesNotMatch(await chat.lastAnswer.innerText(), /Chapter/);
				await chat.answerEnded();
				assert.match(await chat.lastAnswer.innerText(), /The end\./);

				await change(window(), { Streaming: true });
				await dialogShows(chat, "Streaming", true);
			});

			it("apply Render Markdown to the visible answers", async () => {
				const { chat } = window();
				await chat.clear();
				const answer = await chat.ask(table);
				assert.equal(await answer.getByRole("table").count(), 1);

				await change(window(), { "Render Markdown": false });
				await until("the table is text", async () =>
					(await answer.innerText()).includes(knownAnswer(table)),
				);
				assert.equal(await answer.getByRole("table").count(), 0);

				await change(window(), { "Render Markdown": true });
				await answer.getByRole("table").waitFor();
			});
		});
	}

	it("refuse values out of range, under the field", async () => {
		const { chat } = window();
		const dialog = await chat.openSettings();
		await dialog.getByLabel("Temperature").fill("3");
		await dialog.getByRole("button", { name: "Save", exact: true }).click();
		await dialog.getByText("Enter a number from 0 to 2.").waitFor();
		await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
		await dialog.waitFor({ state: "hidden" });

		assert.equal((await window().userSettings())["localLlm.temperature"], 0);
	});

	it("open in VS Code's own Settings editor with a command", async () => {
		await window().workbench.runCommand("Local LLM: Open Settings");
		await window().page.getByText("System Prompt").first().waitFor();
	});
});

type Fields = Readonly<Record<string, string | boolean>>;

const keys: Readonly<Record<string, string>> = {
	"System Prompt": "localLlm.systemPrompt",
	"Max New Tokens": "localLlm.maxTokens",
	Temperature: "localLlm.temperature",
	Streaming: "localLlm.streaming",
	"Render Markdown": "localLlm.markdown",
};

async function changeInDialog(window: VsCodeWindow, fields: Fields): Promise<void> {
	await window.chat.changeSettings(fields);
	await until("settings.json has the change", async () => {
		const saved = await window.userSettings();
		return Object.entries(values(fields)).every(
			([key, value]) => saved[key] === value || isDefault(key, value, saved),
		);
	});
}

async function changeInFile(window: VsCodeWindow, fields: Fields): Promise<void> {
	await window.editSettings(values(fields));
}

function values(fields: Fields): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).map(([label, value]) => [
			keys[label] ?? label,
			/^\d+$/.test(String(value)) ? Number(value) : value,
		]),
	);
}

/** Restores the defaults, so that one failure does not cause others. */
async function backToDefaults(window: VsCodeWindow): Promise<void> {
	if (await window.chat.settingsDialog.isVisible()) {
		await window.chat.settingsDialog.press("Escape");
	}
	await window.editSettings({
		"localLlm.systemPrompt": undefined,
		"localLlm.maxTokens": undefined,
		"localLlm.temperature": 0,
		"localLlm.streaming": undefined,
		"localLlm.markdown": undefined,
	});
	await dialogShows(window.chat, "Max New Tokens", "2048");
}

/** Returns the answer to `question` as the first message of a chat. */
async function freshAnswer(chat: ChatView, question: string): Promise<string> {
	await chat.clear();
	return chat.copy(await chat.ask(question));
}

/** Returns whether a setting has its default. Saving a default may remove its key. */
function isDefault(key: string, value: unknown, saved: Record<string, unknown>): boolean {
	const defaults: Record<string, unknown> = {
		"localLlm.systemPrompt": "You are a helpful assistant.",
		"localLlm.maxTokens": 2048,
		"localLlm.streaming": true,
		"localLlm.markdown": true,
	};
	return saved[key] === undefined && defaults[key] === value;
}

async function systemPromptIs(chat: ChatView, prompt: string): Promise<void> {
	await until("the log begins with the system prompt", async () =>
		(await chat.systemMessage.innerText()).includes(prompt),
	);
}

/** Waits until the dialog shows a setting, which may have been changed elsewhere. */
async function dialogShows(chat: ChatView, label: string, value: string | boolean): Promise<void> {
	const dialog = await chat.openSettings();
	const field = dialog.getByLabel(label, { exact: true });
	await until(`the dialog shows ${label} ${String(value)}`, async () =>
		typeof value === "boolean"
			? (await field.isChecked()) === value
			: (await field.inputValue()) === value,
	);
	await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
	await dialog.waitFor({ state: "hidden" });
}
