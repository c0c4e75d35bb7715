/**
 * Keeps the focus in the view: what had it may be gone with the next state of the conversation, and the keyboard would
 * begin at the top of the page again.
 */
export class FocusKeeper {
	readonly #root: HTMLElement;
	readonly #giveFocus: () => void;
	/** What inside the view had the focus last. */
	#focused: Element | undefined;

	/** @param giveFocus puts the focus where it is of use */
	constructor(root: HTMLElement, giveFocus: () => void) {
		this.#root = root;
		this.#giveFocus = giveFocus;
		root.addEventListener("focusin", this.#remember);
	}

	/** To be called when what is drawn may have changed. */
	check(): void {
		requestAnimationFrame(() => {
			// The browser takes the focus from what is not drawn any more at the end of a frame.
			setTimeout(() => {
				this.#giveBack();
			});
		});
	}

	dispose(): void {
		this.#root.removeEventListener("focusin", this.#remember);
	}

	readonly #remember = ({ target }: FocusEvent): void => {
		this.#focused = target instanceof Element ? target : undefined;
	};

	#giveBack(): void {
		const { activeElement, body } = document;
		if (!this.#focused || (activeElement !== null && activeElement !== body)) {
			return;
		}
		// What is still there was left on purpose, by a click beside it.
		const isThere =
			this.#focused.isConnected && this.#focused.checkVisibility({ visibilityProperty: true });
		this.#focused = undefined;
		if (!isThere) {
			this.#giveFocus();
		}
	}
}
