/**
 * Moves what the user did in the early textbox (`earlyComposer.ts`) into the composer, and removes that textbox. Does
 * nothing on a page without one.
 *
 * @param composer the composer's textbox
 */
export async function replayEarly(composer: HTMLTextAreaElement): Promise<void> {
	const early = document.querySelector(".early-composer");
	const box = early?.querySelector("textarea");
	if (!early || !box) {
		return;
	}
	if (box.dataset.composing !== undefined) {
		// An input method would drop a word in composition if another textbox received it.
		await new Promise((resolve) => {
			box.addEventListener("compositionend", resolve, { once: true });
		});
	}
	const hadFocus = document.activeElement === box;
	const { value, selectionStart, selectionEnd } = box;
	early.remove();
	if (hadFocus) {
		composer.focus();
	}
	const kept = composer.value === "" ? "" : `${composer.value}\n`;
	if (value !== "") {
		composer.value = kept + value;
		composer.setSelectionRange(kept.length + selectionStart, kept.length + selectionEnd);
		composer.dispatchEvent(new Event("input", { bubbles: true }));
	}
	// A restored draft was not visible, so the user has not submitted it.
	if (box.dataset.entered !== undefined && kept === "") {
		composer.dispatchEvent(
			new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
		);
	}
}
