/**
 * Keeps the focus in the view. A state change can remove the focused element, and the next Tab would then start at the
 * top of the page.
 */
export class FocusKeeper {
	readonly #root: HTMLElement;
	readonly #giveFocus: () => void;
	/** The element inside the view that last had the focus. */
	#focused: Element | undefined;

	/** @param giveFocus moves the focus to a useful element */
	constructor(root: HTMLElement, giveFocus: () => void) {
		this.#root = root;
		this.#giveFocus = giveFocus;
		root.addEventListener("focusin", this.#remember);
	}

	/** Must be called after every change to the drawn elements. */
	check(): void {
		requestAnimationFrame(() => {
			// The browser removes the focus from a removed element at the end of a frame.
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
		// If the element still exists, the user moved the focus away by a click on the background.
		const isThere =
			this.#focused.isConnected && this.#focused.checkVisibility({ visibilityProperty: true });
		this.#focused = undefined;
		if (!isThere) {
			this.#giveFocus();
		}
	}
}
