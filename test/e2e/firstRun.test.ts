import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { demoModelFile } from "../../scripts/lib/paths.mjs";
import type { ModelHub } from "../support/network/modelHub";
import { until } from "../support/until";
import { defaultModelName, openDefaultModelHub } from "./support/defaultModelHub";
import { describeInVsCode } from "./support/describeInVsCode";
import { knownAnswer } from "./support/knownAnswers";
import type { WindowOptions } from "./support/vsCodeWindow";

const question = "Who are you?";

describe("First run", () => {
	const machine: Record<string, string | undefined> = { "localLlm.model": undefined };
	const options: WindowOptions = { machine };
	let hub: ModelHub;

	before(async () => {
		hub = await openDefaultModelHub();
		machine["localLlm.modelEndpoint"] = hub.origin;
	});
	after(() => hub.close());

	describeInVsCode("with no model on the machine", options, (window) => {
		function partBytes(): number {
			const part = path.join(
				window().extensionStorage,
				"models/huggingface.co/bartowski/Llama-3.2-3B-Instruct-GGUF",
				`${defaultModelName}.part`,
			);
			return statSync(part, { throwIfNoEntry: false })?.size ?? 0;
		}

		it("asks once, with size, host, license, fit, and folder, and No keeps the message", async () => {
			const { chat, page } = window();
			await chat.send(question);
			const dialog = page.getByRole("dialog").filter({ hasText: `Download ${defaultModelName}?` });
			await dialog.waitFor();
			const text = await dialog.innerText();
			assert.match(text, new RegExp(`2\\.3 MB from ${hub.host}`));
			assert.match(text, /License: llama3\.2/);
			assert.match(text, /On this machine: CPU only, about \d+(\.\d)? MB of memory/);
			assert.match(text, /Stored in \/.*models, where \d+(\.\d)? GB is free/);
			await window().screenshot("download-question");
			await dialog.getByRole("button", { name: "Cancel" }).click();
			await until(
				"the message is back in the box",
				async () => (await chat.messageBox.inputValue()) === question,
			);
			assert.equal(partBytes(), 0);
		});

		it("shows the progress, and Cancel keeps what has arrived", async () => {
			const { chat, page, workbench } = window();
			await chat.messageBox.press("Enter");
			await page.getByRole("button", { name: "Download", exact: true }).waitFor();
			hub.bytesPerTick = 1000;
			await page.getByRole("button", { name: "Download", exact: true }).click();
			await chat.text(/Downloading the model… \d+% \(.*\), .*\/s, \d+ s left/).waitFor();
			const notification = workbench.notification("Downloading Llama-3.2-3B-Instruct Q4_K_M");
			// VS Code shows no notification over the place where somebody types.
			await workbench.showNotifications();
			await notification.waitFor();
			await window().screenshot("downloading");
			await until("a part is here", () => partBytes() > 200_000);
			await notification.getByRole("button", { name: "Cancel" }).click();
			await until(
				"the message is back in the box",
				async () => (await chat.messageBox.inputValue()) === question,
			);
			await notification.waitFor({ state: "hidden" });
			assert.ok(partBytes() > 200_000);
		});

		it("resumes after the window is reloaded, and answers", async () => {
			const { chat, page, workbench } = window();
			await workbench.reload();
			await workbench.runCommand("Local LLM: Open Chat");
			const before = partBytes();
			assert.ok(before > 200_000);
			await chat.send(question);
			const dialog = page.getByRole("dialog").filter({ hasText: `Download ${defaultModelName}?` });
			await dialog.waitFor();
			assert.match(await dialog.innerText(), /; \d+ kB is already here/);
			hub.bytesPerTick = Infinity;
			const sentBefore = hub.sentBytes;
			await dialog.getByRole("button", { name: "Resume Download" }).click();
			await until("the answer is on its way", async () => (await chat.answers.count()) > 0);
			await chat.answerEnded();
			assert.equal(await chat.copy(chat.lastAnswer), knownAnswer(question));
			assert.ok(
				hub.sentBytes - sentBefore <= readFileSync(demoModelFile).length - before,
				"only what was missing came",
			);
		});

		it("finds another model by name, and downloads the chosen quantization", async () => {
			const { chat, page, workbench } = window();
			const content = readFileSync(demoModelFile);
			hub.add("someone/Small-Chat-GGUF", {
				"Small-Chat-Q8_0.gguf": { content },
				"mtp-Small-Chat-Q4_0.gguf": { content },
			});
			await workbench.runCommand("Local LLM: Select Model");
			await page.getByPlaceholder("Search or choose a model").fill("Search Hugging");
			await workbench.choose("Search Hugging Face…");
			await page.getByPlaceholder("Name of a model").fill("small chat");
			const found = workbench.entry("someone/Small-Chat-GGUF");
			assert.match(await found.innerText(), /0 downloads · llama3\.2/);
			await window().screenshot("search-hub");
			await found.click();
			const model = workbench.entry("Q8_0");
			assert.match(await model.innerText(), /2\.3 MB · Recommended\s+Fits into main memory/);
			await window().screenshot("search-hub-models");
			await model.click();
			await until("the chat names the model", async () =>
				(await chat.status.innerText()).includes("Small-Chat Q8_0"),
			);
		});
	});
});
