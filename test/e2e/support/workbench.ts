import assert from "node:assert/strict";
import path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { until } from "../../support/until";
import { takeFile, unlessTimedOut } from "./fileDialog";

/** VS Code around the chat: what users do with the keyboard and the palette. */
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

	/** Runs a command from the palette by its title, such as "Local LLM: Open Chat". */
	async runCommand(title: string): Promise<void> {
		// A contributed command is listed only after the extension host has reported its extensions, and only in a
		// palette that opens after that.
		await this.#pick("F1", `>${title}`, title, 1000);
	}

	/** Chooses an entry of the open quick pick. */
	async choose(name: string): Promise<void> {
		await this.entry(name).click();
	}

	/** An entry of the open quick pick. */
	entry(name: string): Locator {
		return this.#quickPick.getByRole("option", { name }).first();
	}

	/** Clicks a button in the line of an entry. */
	async pressEntryButton(name: string, button: string): Promise<void> {
		const entry = this.entry(name);
		await entry.hover();
		await entry.getByRole("button", { name: button }).click();
	}

	/** Clicks a button in the title of the open quick pick. */
	async pressPickButton(name: string): Promise<void> {
		// Its key may follow its name.
		await this.#quickPick.getByRole("button", { name: new RegExp(`^${name}( \\(|$)`) }).click();
	}

	/** Replaces the text in the open quick input. */
	async writeIntoPick(text: string): Promise<void> {
		await this.#quickInput.fill(text);
	}

	/** Replaces the text in a quick input that is about to open with `before` in it. */
	async writeOver(before: string, text: string): Promise<void> {
		await until(`an input begins with ${before}`, async () => {
			return (await this.#quickInput.inputValue()) === before;
		});
		await this.#quickInput.fill(text);
	}

	/** Chooses the file or folder at `place` in a file dialog that is about to open. */
	async chooseFile(place: string): Promise<void> {
		await takeFile(this.#quickPick, place);
	}

	/** Presses a key in the open quick input. */
	async pressInPick(key: string): Promise<void> {
		await this.#quickInput.press(key);
	}

	/** Returns the lines of the open quick pick, as they are read out. */
	async entries(): Promise<readonly string[]> {
		return this.#quickPick
			.getByRole("option")
			.evaluateAll((options) => options.map((option) => option.getAttribute("aria-label") ?? ""));
	}

	/** Returns the placeholder of the open quick input. */
	async pickHint(): Promise<string> {
		return (await this.#quickInput.getAttribute("placeholder")) ?? "";
	}

	/** Returns the line of the quick pick that Enter would choose. */
	async activeEntry(): Promise<string> {
		const active = this.#quickPick.getByRole("option").and(this.#page.locator(".focused"));
		return (await active.count()) === 0
			? ""
			: ((await active.first().getAttribute("aria-label")) ?? "");
	}

	/** Waits for a dialog that contains `text`, and clicks one of its buttons. */
	async answerDialog(text: RegExp, button: string): Promise<void> {
		const dialog = this.#page.getByRole("dialog").filter({ hasText: text });
		await dialog.getByRole("button", { name: button, exact: true }).click();
	}

	/** The page of the visible Markdown preview. */
	get preview(): FrameLocator {
		return this.#page
			.frameLocator(
				".webview-overlay-content:not(.webview-overlay-outer-right) > iframe.webview.ready",
			)
			.frameLocator("iframe#active-frame");
	}

	/** Opens a file of the workspace at a line. */
	async openFile(file: string, line = 1): Promise<void> {
		const name = path.basename(file);
		await this.#pick("ControlOrMeta+P", `${file}:${String(line)}`, name);
		await this.#page.getByRole("tab", { name, selected: true }).waitFor();
		await until("the editor has the focus", () =>
			this.editor.evaluate((element) => element.contains(element.ownerDocument.activeElement)),
		);
	}

	/** Opens a notebook of the workspace, and puts the cursor at the start of the cell line that contains `text`. */
	async openCell(notebook: string, text: string): Promise<void> {
		const name = path.basename(notebook);
		await this.#pick("ControlOrMeta+P", notebook, name);
		await this.#page.getByRole("tab", { name, selected: true }).waitFor();
		await this.cellLine(text).click();
		await this.#page.keyboard.press("Home");
	}

	/** A line of a cell in the visible notebook. */
	cellLine(text: string): Locator {
		return this.#page.locator(".notebook-editor .view-line").filter({ hasText: text }).first();
	}

	/** Opens a file and selects whole lines, from `first` to `last`, without the line break of the last. */
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

	/** Returns the text of the active editor, with ordinary spaces. */
	async editorText(): Promise<string> {
		return (await this.editor.innerText()).replaceAll("\u00a0", " ");
	}

	/** The visible text editor. */
	get editor(): Locator {
		return this.#page.locator(".editor-group-container.active .monaco-editor").first();
	}

	/** Saves the active file. */
	async save(): Promise<void> {
		await this.runCommand("File: Save");
	}

	/** Replaces the content of the file that `openCommand` opens, saves it, and closes it. */
	async rewriteFile(openCommand: string, text: string): Promise<void> {
		await this.runCommand(openCommand);
		const tab = this.#page.getByRole("tab", { name: "settings.json", selected: true });
		await tab.waitFor();
		await this.editor.click();
		await this.#page.keyboard.press("ControlOrMeta+A");
		// Pasted, not typed: the editor would close brackets automatically.
		await this.#page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
		await this.#page.keyboard.press("ControlOrMeta+V");
		await this.#page.keyboard.press("ControlOrMeta+S");
		await this.#page.locator(".tab.active.dirty").waitFor({ state: "detached" });
		await tab.click({ button: "middle" });
	}

	/** Returns the state that VS Code has stored for an extension in this workspace, as JSON; empty if there is none. */
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

	/** Reloads the window. */
	async reload(): Promise<void> {
		const loaded = this.#page.waitForEvent("load");
		await this.runCommand("Developer: Reload Window");
		await loaded;
		await this.shown();
	}

	/** Drags the border of the secondary side bar until it is `width` pixels wide. */
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

	/** Opens the list of notifications with its bell. */
	async showNotifications(): Promise<void> {
		await this.#page.getByRole("button", { name: "Notifications", exact: false }).first().click();
	}

	/** A notification that contains `text`. */
	notification(text: string | RegExp): Locator {
		return this.#page.getByRole("dialog").filter({ hasText: text });
	}

	/** Waits until VS Code announces `text` to screen readers, as it does with every notification. */
	async announced(text: RegExp): Promise<void> {
		await this.#page
			.getByRole("alert")
			.filter({ hasText: text })
			.first()
			.waitFor({ state: "attached" });
	}

	/**
	 * Opens a quick pick with its key, types into it, and chooses the entry `name`. Starts over if the window did not
	 * follow: for a moment after a command, the focus is still moving, which closes a newly opened pick.
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

	/** Closes a quick pick that may be open. Escape must not reach the chat, where it stops the answer. */
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
