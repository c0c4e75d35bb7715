import type { FrameLocator, Locator, Page } from "playwright-core";
import { until } from "../../support/until";

/** Where a chat is shown. */
export type ChatPlace = "sideBar" | "editor";

/** Time limit for an answer on a busy machine, in milliseconds. */
const answerLimitMs = 60_000;

/** A chat as users see it: everything is found by its role and accessible name. */
export class ChatView {
	readonly #frame: FrameLocator;
	readonly #messageName: string;

	/** @param messageName the name of the message box in the language of the window */
	constructor(page: Page, place: ChatPlace, messageName = "Message") {
		this.#messageName = messageName;
		// VS Code marks the right edge of the window, where the secondary side bar is.
		const overlay =
			place === "sideBar"
				? ".webview-overlay-outer-right"
				: ".webview-overlay-content:not(.webview-overlay-outer-right)";
		this.#frame = page
			.frameLocator(`${overlay} > iframe.webview.ready`)
			.frameLocator("iframe#active-frame");
	}

	/** The body of the page. */
	get body(): Locator {
		return this.#frame.locator("body");
	}

	get log(): Locator {
		return this.#frame.getByRole("log", { name: "Conversation" });
	}

	/** The real message box, not the early one, which does not contain a restored draft. */
	get messageBox(): Locator {
		return this.#frame
			.locator("chat-composer")
			.getByRole("textbox", { name: this.#messageName, exact: true });
	}

	get status(): Locator {
		return this.#frame.getByRole("status");
	}

	get settingsDialog(): Locator {
		return this.#frame.getByRole("dialog", { name: "Settings" });
	}

	get answers(): Locator {
		return this.log.getByRole("article", { name: "Assistant" });
	}

	get lastAnswer(): Locator {
		return this.answers.last();
	}

	get questions(): Locator {
		return this.log.getByRole("article", { name: "You" });
	}

	get systemMessage(): Locator {
		return this.log.getByRole("article", { name: "System" });
	}

	/** Returns the texts of questions and answers as the log shows them, without buttons. */
	async said(): Promise<readonly string[]> {
		const articles = this.log.getByRole("article", { name: /^(You|Assistant)$/ });
		return articles.evaluateAll((elements) =>
			elements.map(
				(element) => element.querySelector(".user-text, answer-text")?.textContent.trim() ?? "",
			),
		);
	}

	/** Clicks a button of a message, which may be visible only under the pointer. */
	async press(message: Locator, name: string): Promise<void> {
		await message.hover();
		await message.getByRole("button", { name, exact: true }).click();
	}

	region(name: string): Locator {
		return this.#frame.getByRole("region", { name });
	}

	/** The button that shows how much of the model's context is used, while a model is loaded. */
	get contextMeter(): Locator {
		return this.#frame.getByRole("button", { name: /^Context \d+%/ });
	}

	/** The title of the visible chat. */
	heading(title: string): Locator {
		return this.#frame.getByRole("heading", { name: title, exact: true });
	}

	button(name: string): Locator {
		return this.#frame.getByRole("button", { name, exact: true });
	}

	/** The first element that shows `text`: announcements for screen readers may repeat it. */
	text(text: string | RegExp): Locator {
		return this.#frame.getByText(text).first();
	}

	/**
	 * Replaces the text in the message box. Repeats that if the workbench takes the focus away, as it briefly does after a
	 * command: the driver types into whatever has the focus.
	 */
	async write(text: string): Promise<void> {
		await until("the text is in the message box", async () => {
			await this.messageBox.fill(text);
			return (await this.messageBox.inputValue()) === text;
		});
	}

	/** Writes a message and sends it with Enter. */
	async send(text: string): Promise<void> {
		await this.write(text);
		await this.messageBox.press("Enter");
	}

	/** Sends a message and waits for the end of its answer, at most `limitMs`. @returns the article of the answer */
	async ask(text: string, limitMs = answerLimitMs): Promise<Locator> {
		const before = await this.answers.count();
		await this.send(text);
		await until("an answer is on the way", async () => (await this.answers.count()) > before);
		await this.answerEnded(limitMs);
		return this.answers.nth(before);
	}

	/** Clears the chat. */
	async clear(): Promise<void> {
		await this.button("Clear").click();
		await until("the conversation is empty", async () => (await this.questions.count()) === 0);
	}

	/** Waits until no answer is being generated. */
	async answerEnded(limitMs = answerLimitMs): Promise<void> {
		await until(
			"the answer has ended",
			async () => (await this.lastAnswer.getAttribute("aria-busy")) === "false",
			limitMs,
		);
	}

	/** Returns whether a running answer already shows `length` characters. */
	async hasGrown(length: number): Promise<boolean> {
		// In this order: while an answer runs, no other comes after it.
		return (await this.isBusy()) && (await this.lastAnswer.innerText()).length >= length;
	}

	async isBusy(): Promise<boolean> {
		return (await this.lastAnswer.getAttribute("aria-busy")) === "true";
	}

	/** Returns the text of a message as its author wrote it, through its Copy button and the clipboard. */
	async copy(message: Locator): Promise<string> {
		const page = message.page();
		await page.evaluate(() => navigator.clipboard.writeText(""));
		await message.hover();
		await message.getByRole("button", { name: "Copy", exact: true }).last().click();
		return until("the message is on the clipboard", () =>
			page.evaluate(() => navigator.clipboard.readText()),
		);
	}

	async openSettings(): Promise<Locator> {
		await this.button("Settings").click();
		await this.settingsDialog.waitFor();
		return this.settingsDialog;
	}

	/** Changes settings in the dialog and saves them. */
	async changeSettings(fields: Readonly<Record<string, string | boolean>>): Promise<void> {
		const dialog = await this.openSettings();
		for (const [label, value] of Object.entries(fields)) {
			const field = dialog.getByLabel(label, { exact: true });
			await (typeof value === "boolean" ? field.setChecked(value) : field.fill(value));
		}
		await dialog.getByRole("button", { name: "Save", exact: true }).click();
		await dialog.waitFor({ state: "hidden" });
	}
}
