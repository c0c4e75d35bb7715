/**
 * Does in the composer what was done in the textbox that stood in its place until now (`earlyComposer.ts`), and takes
 * that away. Does nothing on a page that has none.
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
		// A word that an input method composes would be dropped by any other textbox.
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
	// A draft that was kept was not in sight, so nobody has sent it.
	if (box.dataset.entered !== undefined && kept === "") {
		composer.dispatchEvent(
			new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
		);
	}
}
