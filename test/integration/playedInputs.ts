import {
	EventEmitter,
	QuickInputButtons,
	window,
	type QuickInputButton,
	type QuickPick,
	type QuickPickItem,
	type QuickPickItemButtonEvent,
} from "vscode";
import { until } from "../support/until";

/** A list of VS Code that the test operates: no key in VS Code presses the buttons of a line. */
export class PlayedList {
	title: string | undefined;
	placeholder: string | undefined;
	busy = false;
	buttons: readonly QuickInputButton[] = [];
	items: readonly QuickPickItem[] = [];
	activeItems: readonly QuickPickItem[] = [];
	selectedItems: readonly QuickPickItem[] = [];
	isVisible = false;
	isDisposed = false;
	readonly #changedValue = new EventEmitter<string>();
	readonly #accepted = new EventEmitter<void>();
	readonly #pressed = new EventEmitter<QuickInputButton>();
	readonly #pressedItem = new EventEmitter<QuickPickItemButtonEvent<QuickPickItem>>();
	readonly #hidden = new EventEmitter<void>();
	readonly onDidChangeValue = this.#changedValue.event;
	readonly onDidAccept = this.#accepted.event;
	readonly onDidTriggerButton = this.#pressed.event;
	readonly onDidTriggerItemButton = this.#pressedItem.event;
	readonly onDidHide = this.#hidden.event;
	readonly #beforeShown: () => void;

	/** @param beforeShown called before the list appears */
	constructor(beforeShown: () => void) {
		this.#beforeShown = beforeShown;
	}

	show(): void {
		this.#beforeShown();
		this.isVisible = true;
	}

	hide(): void {
		if (this.isVisible) {
			this.isVisible = false;
			this.#hidden.fire();
		}
	}

	dispose(): void {
		this.hide();
		this.isDisposed = true;
	}

	/** The lines as shown: label, description, and detail. */
	get lines(): readonly string[] {
		return this.items.map(({ label, description, detail }) =>
			[label, description, detail].filter(Boolean).join(" | "),
		);
	}

	type(text: string): void {
		this.#changedValue.fire(text);
	}

	/** Resolves when a line starts with `label`. */
	async has(label: string): Promise<void> {
		await this.#line(label);
	}

	async choose(label: string): Promise<void> {
		this.selectedItems = [await this.#line(label)];
		this.#accepted.fire();
	}

	/** Clicks a button: of the line that starts with `label`, or of the list. */
	async press(tooltip: string, label?: string): Promise<void> {
		const item = label === undefined ? undefined : await this.#line(label);
		const button = (item ? (item.buttons ?? []) : this.buttons).find(
			(each) => (each === QuickInputButtons.Back ? "Back" : each.tooltip) === tooltip,
		);
		if (!button) {
			throw new Error(`There is no button ${tooltip}.`);
		}
		if (item) {
			this.#pressedItem.fire({ item, button });
		} else {
			this.#pressed.fire(button);
		}
	}

	/** Resolves when no line starts with `label` any more. */
	async without(label: string): Promise<void> {
		await until(`there is no line “${label}”`, () => !this.#find(label));
	}

	#line(label: string): Promise<QuickPickItem> {
		return until(`there is a line “${label}”`, () => this.#find(label));
	}

	#find(label: string): QuickPickItem | undefined {
		return this.items.find((item) => item.label.startsWith(label));
	}
}

/** Replaces VS Code's inputs and notifications until it is disposed. */
export class PlayedInputs {
	readonly lists: PlayedList[] = [];
	/** The notifications that were shown, each with a function that answers it. */
	readonly notifications: { readonly text: string; answer(button: string | undefined): void }[] =
		[];
	/** The text that the user enters when asked. */
	written: string | undefined;
	readonly #before: Partial<typeof window>;

	constructor() {
		const {
			createQuickPick: list,
			showInputBox: box,
			showInformationMessage: information,
			showWarningMessage: warning,
			showErrorMessage: error,
		} = window;
		this.#before = {
			createQuickPick: list,
			showInputBox: box,
			showInformationMessage: information,
			showWarningMessage: warning,
			showErrorMessage: error,
		};
		// As in VS Code, only one input is open at a time.
		const hideAll = (): void => {
			for (const list of this.lists) {
				list.hide();
			}
		};
		const createQuickPick = <T extends QuickPickItem>(): QuickPick<T> => {
			const list = new PlayedList(hideAll);
			this.lists.push(list);
			return list as unknown as QuickPick<T>;
		};
		const showInputBox = (): Promise<string | undefined> => {
			hideAll();
			return Promise.resolve(this.written);
		};
		const tell = (text: string): Promise<string | undefined> =>
			new Promise((answer) => {
				this.notifications.push({ text, answer });
			});
		Object.assign(window, {
			createQuickPick,
			showInputBox,
			showInformationMessage: tell,
			showWarningMessage: tell,
			showErrorMessage: tell,
		});
	}

	/** The list that was opened last. */
	get list(): PlayedList {
		const list = this.lists.at(-1);
		if (!list) {
			throw new Error("No list was shown.");
		}
		return list;
	}

	/** Waits for the notification with this text, and returns the function that answers it. */
	async notification(text: string): Promise<(button: string | undefined) => void> {
		const told = await until(`“${text}” is told`, () =>
			this.notifications.find((each) => each.text === text),
		);
		return (button) => {
			told.answer(button);
		};
	}

	dispose(): void {
		Object.assign(window, this.#before);
	}
}
