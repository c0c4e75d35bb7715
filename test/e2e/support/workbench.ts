import assert from "node:assert/strict";
import path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { until } from "../../support/until";
import { takeFile, unlessTimedOut } from "./fileDialog";

/** VS Code around the chat: what a person does with keyboard and palette. */
export class Workbench {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** Waits until the window can be used. */
	async shown(): Promise<void> {
		await this.#page.locator(".monaco-workbench").waitFor();
		await this.#page.getByRole("button", { name: "Notifications", exact: false }).first().waitFor();
	}

	/** Runs a command by its title, "Local LLM: Open Chat", from the palette. */
	async runCommand(title: string): Promise<void> {
		// A contributed command is listed only once the extension host has reported its extensions, by a palette that
		// is opened after that.
		await this.#pick("F1", `>${title}`, title, 1000);
	}

	/** Chooses an entry of the quick pick that is open. */
	async choose(name: string): Promise<void> {
		await this.entry(name).click();
	}

	/** An entry of the quick pick that is open. */
	entry(name: string): Locator {
		return this.#quickPick.getByRole("option", { name }).first();
	}

	/** Presses a button in the line of an entry. */
	async pressEntryButton(name: string, button: string): Promise<void> {
		const entry = this.entry(name);
		await entry.hover();
		await entry.getByRole("button", { name: button }).click();
	}

	/** Presses a button in the title of the quick pick that is open. */
	async pressPickButton(name: string): Promise<void> {
		// Its key may stand behind its name.
		await this.#quickPick.getByRole("button", { name: new RegExp(`^${name}( \\(|$)`) }).click();
	}

	/** Writes into the quick input that is open, in place of what is there. */
	async writeIntoPick(text: string): Promise<void> {
		await this.#quickInput.fill(text);
	}

	/** Writes into the quick input that is about to open with `before` in it, in the place of that. */
	async writeOver(before: string, text: string): Promise<void> {
		await until(`an input begins with ${before}`, async () => {
			return (await this.#quickInput.inputValue()) === before;
		});
		await this.#quickInput.fill(text);
	}

	/** Takes the file or folder at `place` in the dialog for files that is about to open. */
	async chooseFile(place: string): Promise<void> {
		await takeFile(this.#quickPick, place);
	}

	/** Presses a key in the quick input that is open. */
	async pressInPick(key: string): Promise<void> {
		await this.#quickInput.press(key);
	}

	/** @returns the lines of the quick pick that is open, as they are read out. */
	async entries(): Promise<readonly string[]> {
		return this.#quickPick
			.getByRole("option")
			.evaluateAll((options) => options.map((option) => option.getAttribute("aria-label") ?? ""));
	}

	/** @returns what the quick input that is open says while nothing is written into it. */
	async pickHint(): Promise<string> {
		return (await this.#quickInput.getAttribute("placeholder")) ?? "";
	}

	/** @returns the line of the quick pick that Enter would choose. */
	async activeEntry(): Promise<string> {
		const active = this.#quickPick.getByRole("option").and(this.#page.locator(".focused"));
		return (await active.count()) === 0
			? ""
			: ((await active.first().getAttribute("aria-label")) ?? "");
	}

	/** Waits for a dialog that says `text` and presses one of its buttons. */
	async answerDialog(text: RegExp, button: string): Promise<void> {
		const dialog = this.#page.getByRole("dialog").filter({ hasText: text });
		await dialog.getByRole("button", { name: button, exact: true }).click();
	}

	/** The page of the Markdown preview that is in front. */
	get preview(): FrameLocator {
		return this.#page
			.frameLocator(
				".webview-overlay-content:not(.webview-overlay-outer-right) > iframe.webview.ready",
			)
			.frameLocator("iframe#active-frame");
	}

	/** Opens a file of the workspace at a line, by its path there. */
	async openFile(file: string, line = 1): Promise<void> {
		const name = path.basename(file);
		await this.#pick("ControlOrMeta+P", `${file}:${String(line)}`, name);
		await this.#page.getByRole("tab", { name, selected: true }).waitFor();
		await until("the editor has the focus", () =>
			this.editor.evaluate((element) => element.contains(element.ownerDocument.activeElement)),
		);
	}

	/** Opens a notebook of the workspace, and puts the cursor at the start of the line of a cell that says `text`. */
	async openCell(notebook: string, text: string): Promise<void> {
		const name = path.basename(notebook);
		await this.#pick("ControlOrMeta+P", notebook, name);
		await this.#page.getByRole("tab", { name, selected: true }).waitFor();
		await this.cellLine(text).click();
		await this.#page.keyboard.press("Home");
	}

	/** A line of a cell in the notebook that is in front. */
	cellLine(text: string): Locator {
		return this.#page.locator(".notebook-editor .view-line").filter({ hasText: text }).first();
	}

	/** Opens a file and selects whole lines of it, both ends included, without the end of the last. */
	async selectLines(file: string, first: number, last: number): Promise<void> {
		await this.openFile(file, first);
		await this.#page.keyboard.press("Home");
		for (let line = first; line < last; line += 1) {
			await this.#page.keyboard.press("Shift+ArrowDown");
		}
		await this.#page.keyboard.press("Shift+End");
		await this.#page
			.getByRole("button", { name: /selected\)/ })
			.first()
			.waitFor();
	}

	/** What the text editor in front shows, with plain spaces. */
	async editorText(): Promise<string> {
		return (await this.editor.innerText()).replaceAll("\u00a0", " ");
	}

	/** The text editor that is in front. */
	get editor(): Locator {
		return this.#page.locator(".editor-group-container.active .monaco-editor").first();
	}

	/** Saves the file that is in front. */
	async save(): Promise<void> {
		await this.runCommand("File: Save");
	}

	/** Puts `text` in place of all that the file has which `openCommand` opens, saves it and closes it. */
	async rewriteFile(openCommand: string, text: string): Promise<void> {
		await this.runCommand(openCommand);
		const tab = this.#page.getByRole("tab", { name: "settings.json", selected: true });
		await tab.waitFor();
		await this.editor.click();
		await this.#page.keyboard.press("ControlOrMeta+A");
		// Not typed: the editor would close brackets by itself.
		await this.#page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
		await this.#page.keyboard.press("ControlOrMeta+V");
		await this.#page.keyboard.press("ControlOrMeta+S");
		await this.#page.locator(".tab.active.dirty").waitFor({ state: "detached" });
		await tab.click({ button: "middle" });
	}

	/** @returns what VS Code has stored of an extension's state for this workspace, as JSON; empty if nothing. */
	async storedState(extensionId: string): Promise<string> {
		return this.#page.evaluate(async (key) => {
			const settled = <T>(request: IDBRequest<T>): Promise<T> =>
				new Promise((resolve, reject) => {
					request.onsuccess = () => {
						resolve(request.result);
					};
					request.onerror = () => {
						reject(new Error("VS Code's storage cannot be read."));
					};
				});
			for (const { name } of await indexedDB.databases()) {
				if (name?.startsWith("vscode-web-state-db-") === true && !name.endsWith("-global")) {
					const database = await settled(indexedDB.open(name));
					try {
						const items = database.transaction("ItemTable").objectStore("ItemTable");
						const stored: unknown = await settled(items.get(key));
						if (typeof stored === "string") {
							return stored;
						}
					} finally {
						database.close();
					}
				}
			}
			return "";
		}, extensionId);
	}

	/** Loads the window anew. */
	async reload(): Promise<void> {
		const loaded = this.#page.waitForEvent("load");
		await this.runCommand("Developer: Reload Window");
		await loaded;
		await this.shown();
	}

	/** Drags the border of the secondary side bar until that is `width` pixels wide. */
	async resizeSideBar(width: number): Promise<void> {
		const sideBar = await this.#page.locator(".part.auxiliarybar").boundingBox();
		assert.ok(sideBar, "the secondary side bar is shown");
		const border = sideBar.x - 2;
		const y = sideBar.y + sideBar.height / 2;
		await this.#page.mouse.move(border, y);
		await this.#page.mouse.down();
		await this.#page.mouse.move(border + sideBar.width - width, y, { steps: 5 });
		await this.#page.mouse.up();
	}

	/** Opens the list of notifications by its bell. */
	async showNotifications(): Promise<void> {
		await this.#page.getByRole("button", { name: "Notifications", exact: false }).first().click();
	}

	/** A notification with `text`. */
	notification(text: string | RegExp): Locator {
		return this.#page.getByRole("dialog").filter({ hasText: text });
	}

	/** Waits until VS Code tells `text` to screen readers, as it does of every notification. */
	async announced(text: RegExp): Promise<void> {
		await this.#page
			.getByRole("alert")
			.filter({ hasText: text })
			.first()
			.waitFor({ state: "attached" });
	}

	/**
	 * Opens a quick pick by its key, writes into it and takes the entry called `name`. Starts over where the window did
	 * not follow: for a moment after a command the focus is on its way elsewhere, and closes what was opened meanwhile.
	 */
	async #pick(key: string, text: string, name: string, listedWithinMs = 3000): Promise<void> {
		const entry = this.#quickPick.getByRole("option", { name }).first();
		const patience = { timeout: 3000 };
		await until(
			`the quick pick takes ${text}`,
			async () => {
				try {
					await this.#page.keyboard.press(key);
					await this.#quickInput.fill(text, patience);
					await entry.waitFor({ timeout: listedWithinMs });
					await entry.click(patience);
					return true;
				} catch (error) {
					const isTaken = unlessTimedOut(error);
					await this.#dismissPick();
					return isTaken;
				}
			},
			60_000,
		);
	}

	/** Closes the quick pick that may be open. Escape must not reach the chat, where it stops the answer. */
	async #dismissPick(): Promise<void> {
		if (await this.#quickInput.isVisible()) {
			await this.#quickInput.press("Escape");
		}
	}

	get #quickInput(): Locator {
		return this.#page.locator(".quick-input-widget input").first();
	}

	get #quickPick(): Locator {
		return this.#page.locator(".quick-input-widget");
	}
}
