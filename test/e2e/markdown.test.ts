import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

describeInVsCode("Answers", {}, (window) => {
	it("show a table", async () => {
		const answer = await window().chat.ask("Show a table of fruits");
		const table = answer.getByRole("table");
		assert.deepEqual(await table.getByRole("columnheader").allInnerTexts(), [
			"Fruit",
			"Color",
			"Taste",
		]);
		assert.equal(await table.getByRole("row").count(), 4);
	});

	it("show lists, nested lists, and task lists", async () => {
		const { chat } = window();
		const nested = await chat.ask("Make a nested list of fruits and drinks");
		const fruits = nested.getByRole("listitem").filter({ hasText: "Fruits" });
		assert.equal(await fruits.getByRole("listitem").count(), 3);

		const tasks = await chat.ask("Make a task list: buy milk, wash the car, write a letter");
		assert.equal(await tasks.getByRole("checkbox").count(), 3);
	});

	it("show highlighted code", async () => {
		const { chat } = window();
		await chat.clear();
		const answer = await chat.ask("Write a function that adds two numbers in TypeScript");
		const code = answer.getByRole("code").first();
		await until("the code is coloured", () =>
			code.evaluate((element) => {
				const colours = [...element.querySelectorAll("span")].map(
					(span) => getComputedStyle(span).color,
				);
				return new Set(colours).size >= 2;
			}),
		);
		assert.match(await code.innerText(), /^function add\(a: number, b: number\): number \{/);
	});

	it("copy a code block", async () => {
		const { chat, page } = window();
		await page.evaluate(() => navigator.clipboard.writeText(""));
		await chat.lastAnswer.getByRole("code").first().hover();
		await chat.lastAnswer.getByRole("button", { name: "Copy", exact: true }).first().click();
		const copied = await until("the code is on the clipboard", () =>
			page.evaluate(() => navigator.clipboard.readText()),
		);
		assert.equal(
			copied.trimEnd(),
			"function add(a: number, b: number): number {\n  return a + b;\n}",
		);
	});

	it("never run HTML that a model writes", async () => {
		const { chat, page } = window();
		await chat.clear();
		const dialogs: string[] = [];
		page.on("dialog", (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
		const answer = await chat.ask("Show some raw HTML");

		assert.equal(await answer.locator("script, img, [onerror]").count(), 0);
		assert.match(await answer.innerText(), /alert\(1\)/, "what is not live is shown as text");
		assert.deepEqual(dialogs, []);
	});

	for (const question of ["Show a dangerous link", "Show a command link"]) {
		it(`make no link of anything but a web address: ${question}`, async () => {
			const { chat, page } = window();
			const answer = await chat.ask(question);
			const url = page.url();
			for (const link of await answer.getByRole("link").all()) {
				await link.click();
			}

			assert.equal(await answer.locator('[href^="javascript:"], [href^="command:"]').count(), 0);
			assert.equal(page.url(), url);
			assert.equal(await page.getByRole("tab", { name: /Settings/ }).count(), 0);
		});
	}

	it("open a web address only through VS Code, which asks first", async () => {
		const { chat, workbench, page } = window();
		const answer = await chat.ask("Make a link to garden.org");
		await answer.getByText("garden.org").last().click();
		await workbench.notification("https://garden.org").waitFor();
		await page.keyboard.press("Escape");
	});
});
