import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describeInVsCode } from "./support/describeInVsCode";
import { until } from "../support/until";

const notebook = {
	nbformat: 4,
	nbformat_minor: 5,
	metadata: { language_info: { name: "python" } },
	cells: ["count = 1", "total = 2"].map((source, index) => ({
		id: `cell${index}`,
		cell_type: "code",
		metadata: {},
		outputs: [],
		execution_count: null,
		source,
	})),
};
const withNotebook = async (folder: string): Promise<void> => {
	await writeFile(path.join(folder, "sums.ipynb"), JSON.stringify(notebook));
};

describeInVsCode("Code", { arrange: withNotebook }, (window) => {
	it("cannot be attached without an open editor, and the buttons say so", async () => {
		const { chat } = window();
		for (const index of [0, 1]) {
			const button = chat.button("Attach Code to Chat").nth(index);
			assert.equal(await button.isDisabled(), true, `button ${index}`);
			assert.match((await button.getAttribute("title")) ?? "", /^Open a file first/);
		}
	});

	it("is attached from the selection and explained", async () => {
		const { chat, workbench } = window();
		await workbench.selectLines("src/math.ts", 3, 5);
		await workbench.runCommand("Local LLM: Attach Code to Chat");
		await chat.button("math.ts:3-5").waitFor();
		await until("the message box has the focus", () =>
			chat.messageBox.evaluate((element) => element === element.ownerDocument.activeElement),
		);

		const answer = await chat.ask("Explain this code");

		assert.match(await answer.innerText(), /The function addNumbers adds first and second\./);
		assert.equal(
			await chat.questions.last().getByRole("button", { name: "math.ts:3-5" }).count(),
			1,
		);
	});

	it("opens from its chip", async () => {
		const { chat, workbench, page } = window();
		await workbench.openFile("README.md");
		await chat.questions.last().getByRole("button", { name: "math.ts:3-5" }).click();
		await page.getByRole("tab", { name: /math\.ts/, selected: true }).waitFor();
	});

	it("is the enclosing function if nothing is selected", async () => {
		const { chat, workbench } = window();
		await workbench.openFile("src/utils/helpers.ts", 11);
		// TypeScript's language server needs a moment to find the functions of the file.
		await until("the outline knows the function", async () => {
			await workbench.runCommand("Local LLM: Attach Code to Chat");
			const found = await chat
				.button("helpers.ts:10-12")
				.waitFor({ timeout: 2000 })
				.then(
					() => true,
					() => false,
				);
			if (!found) {
				await chat.button("Remove helpers.ts").click();
			}
			return found;
		});
		await chat.text("symbol").waitFor();
		await chat.button("Remove helpers.ts:10-12").click();
		await until(
			"the chip is gone",
			async () => (await chat.button("helpers.ts:10-12").count()) === 0,
		);
	});

	it("from an answer is inserted at the cursor as one undo step", async () => {
		const { chat, workbench, page } = window();
		const before = await window().fileText("README.md");
		await chat.clear();
		await chat.ask("Write a function that adds two numbers in TypeScript");
		await workbench.openFile("README.md", 2);
		const code = "function add(a: number, b: number): number {\n  return a + b;\n}";

		await chat.lastAnswer.getByRole("code").first().hover();
		await chat.lastAnswer.getByRole("button", { name: "Insert at Cursor" }).click();
		await until("the code is in the editor", async () =>
			(await workbench.editorText()).includes("return a + b;"),
		);
		await workbench.save();
		await until("the file has the code", async () =>
			(await window().fileText("README.md")).includes(code),
		);

		await workbench.editor.click();
		await page.keyboard.press("ControlOrMeta+Z");
		await workbench.save();
		await until(
			"one undo took it back",
			async () => (await window().fileText("README.md")) === before,
		);
	});

	it("goes into the notebook cell with the cursor, not into the file before it", async () => {
		const { chat, workbench, page } = window();
		const before = await window().fileText("README.md");
		await workbench.openCell("sums.ipynb", "total");
		await page.keyboard.press("Shift+End");
		await chat.button("Attach Code to Chat").click();
		await chat.button("sums.ipynb, cell 2:1").waitFor();

		await chat.lastAnswer.getByRole("code").first().hover();
		await chat.lastAnswer.getByRole("button", { name: "Insert at Cursor" }).click();
		await workbench.cellLine("return a + b;").waitFor();
		assert.equal(await workbench.cellLine("total").count(), 0);
		assert.equal(await workbench.cellLine("count").count(), 1);
		await workbench.save();
		await until("the notebook has the code", async () =>
			(await window().fileText("sums.ipynb")).includes("return a + b;"),
		);
		assert.equal(await window().fileText("README.md"), before);
	});

	it("that cannot be inserted shows a message in the view", async () => {
		const { chat, workbench } = window();
		await workbench.runCommand("View: Close All Editors");
		await chat.lastAnswer.getByRole("code").first().hover();
		await chat.lastAnswer.getByRole("button", { name: "Insert at Cursor" }).click();
		await chat
			.text("No text editor is open. Open a file, and put the cursor where the code should go.")
			.waitFor();
	});
});
