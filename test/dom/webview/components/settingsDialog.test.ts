import assert from "node:assert/strict";
import {
	chatSettings,
	chatState,
	runningTurn,
	settingsState,
} from "../../../support/view/chatStates";
import { openView, type OpenView } from "./openView";

const field = (view: OpenView, label: string): HTMLInputElement => {
	const found = [...view.app.querySelectorAll("dialog label")].find(
		(candidate) => candidate.textContent === label,
	);
	assert.ok(found, `no field ${label}`);
	return view.find(`#${found.getAttribute("for") ?? ""}`) as HTMLInputElement;
};

async function edit(view: OpenView, label: string, value: string): Promise<void> {
	const input = field(view, label);
	input.value = value;
	input.dispatchEvent(new InputEvent("input", { bubbles: true }));
	await view.drawn();
}

async function toggle(view: OpenView, label: string): Promise<void> {
	const input = field(view, label);
	input.checked = !input.checked;
	input.dispatchEvent(new Event("change", { bubbles: true }));
	await view.drawn();
}

async function openDialog(chat = chatState()): Promise<OpenView> {
	const view = await openView(chat);
	await view.click(view.button("Settings"));
	return view;
}

const isOpen = (view: OpenView): boolean => view.find("dialog").hasAttribute("open");
const notesOf = (view: OpenView, label: string): string =>
	view.find(`#${field(view, label).getAttribute("aria-describedby") ?? ""}`).textContent;

describe("the settings dialog", () => {
	it("shows the five settings at user level", async () => {
		const view = await openDialog();
		assert.equal(isOpen(view), true);
		assert.equal(field(view, "System Prompt").value, "You are a helpful assistant.");
		assert.equal(field(view, "Max New Tokens").value, "2048");
		assert.equal(field(view, "Temperature").value, "0.7");
		assert.equal(field(view, "Streaming").checked, true);
		assert.equal(field(view, "Render Markdown").checked, true);
	});

	it("shows the Settings editor's name and the range of each setting", async () => {
		const view = await openDialog();
		for (const [label, name, range] of [
			["System Prompt", "", /up to 32,768 characters/],
			["Max New Tokens", "Max Tokens", /1 to 131,072/],
			["Temperature", "", /0 to 2/],
			["Streaming", "", /./],
			["Render Markdown", "Markdown", /./],
		] as const) {
			const notes = notesOf(view, label);
			assert.equal(/In the Settings editor: (.*)/.exec(notes)?.[1] ?? "", name, label);
			assert.match(notes, range);
		}
	});

	it("opens all settings, and stays unchanged meanwhile", async () => {
		const view = await openDialog();
		await edit(view, "Max New Tokens", "64");
		await view.click(view.button("All Settings"));
		assert.equal(view.port.sentOf("openVsCodeSettings").length, 1);
		assert.equal(isOpen(view), true);
		assert.equal(field(view, "Max New Tokens").value, "64");
	});

	it("saves the edits and closes", async () => {
		const view = await openDialog();
		await edit(view, "System Prompt", "Be brief.");
		await edit(view, "Max New Tokens", "64");
		await edit(view, "Temperature", "0");
		await toggle(view, "Streaming");
		await toggle(view, "Render Markdown");
		view.find("dialog form").dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
		await view.drawn();
		assert.deepEqual(view.port.sentOf("saveSettings"), [
			{
				type: "saveSettings",
				settings: {
					systemPrompt: "Be brief.",
					maxTokens: 64,
					temperature: 0,
					streaming: false,
					markdown: false,
				},
			},
		]);
		assert.equal(isOpen(view), false);
	});

	it("saves on Enter in a single-line field", async () => {
		const view = await openDialog();
		await view.press("Enter", {}, field(view, "Temperature"));
		assert.equal(view.port.sentOf("saveSettings").length, 1);
	});

	it("discards edits on Cancel", async () => {
		const view = await openDialog();
		await edit(view, "Max New Tokens", "64");
		await view.click(view.button("Cancel"));
		assert.equal(isOpen(view), false);
		await view.click(view.button("Settings"));
		assert.equal(field(view, "Max New Tokens").value, "2048");
		assert.deepEqual(view.port.sentOf("saveSettings"), []);
	});

	for (const [label, value, error] of [
		["Max New Tokens", "0", "Enter a whole number from 1 to 131,072."],
		["Max New Tokens", "131073", "Enter a whole number from 1 to 131,072."],
		["Max New Tokens", "1.5", "Enter a whole number from 1 to 131,072."],
		["Max New Tokens", "", "Enter a whole number from 1 to 131,072."],
		["Temperature", "-0.1", "Enter a number from 0 to 2."],
		["Temperature", "2.1", "Enter a number from 0 to 2."],
		["Temperature", "", "Enter a number from 0 to 2."],
		["System Prompt", "x".repeat(32_769), "Enter at most 32,768 characters. These are 32,769."],
	] as const) {
		it(`refuses ${label} ${value.length > 9 ? "too long" : `"${value}"`} under the field, and stays open`, async () => {
			const view = await openDialog();
			assert.equal(field(view, label).getAttribute("aria-invalid"), "false");
			await edit(view, label, value);
			assert.equal(field(view, label).getAttribute("aria-invalid"), "true");
			assert.equal(notesOf(view, label).trim(), error);
			await view.press("Enter", {}, field(view, "Temperature"));
			assert.deepEqual(view.port.sentOf("saveSettings"), []);
			assert.equal(isOpen(view), true);
			assert.equal(document.activeElement, field(view, label));
		});
	}

	it("accepts the limits of each range", async () => {
		const view = await openDialog();
		await edit(view, "Max New Tokens", "131072");
		await edit(view, "Temperature", "2");
		await view.press("Enter", {}, field(view, "Temperature"));
		const settings = { ...chatSettings, maxTokens: 131_072, temperature: 2 };
		assert.deepEqual(view.port.sentOf("saveSettings"), [{ type: "saveSettings", settings }]);
	});

	it("says under a field that a workspace overrides it", async () => {
		const view = await openDialog(
			chatState({
				settings: {
					effective: { ...chatSettings, temperature: 0.2, streaming: false },
					user: chatSettings,
					overriddenByWorkspace: ["temperature", "streaming"],
					thinking: "auto",
				},
			}),
		);
		assert.match(notesOf(view, "Temperature"), /This workspace uses another value: 0\.2/);
		assert.match(notesOf(view, "Streaming"), /This workspace uses another value: off/);
		assert.doesNotMatch(notesOf(view, "Max New Tokens"), /workspace/);
		assert.equal(field(view, "Temperature").value, "0.7");
	});

	it("follows a change made elsewhere, except in a field that is being edited", async () => {
		const view = await openDialog();
		await edit(view, "Temperature", "1");
		view.port.publish({
			type: "settingsChanged",
			settings: settingsState({ temperature: 0.1, maxTokens: 99 }),
		});
		await view.drawn();
		assert.equal(field(view, "Temperature").value, "1");
		assert.equal(field(view, "Max New Tokens").value, "99");
	});

	it("closes on Escape without stopping an answer", async () => {
		const view = await openDialog(chatState({ turns: [runningTurn("answer", "Hi")] }));
		await view.press("Escape", {}, field(view, "Temperature"));
		assert.deepEqual(view.port.sentOf("stop"), []);
	});
});
