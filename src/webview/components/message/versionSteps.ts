import type { TurnId } from "../../../protocol/chat/ids";
import type { ScrollAnchor } from "../../scroll/scrollAnchor";
import type { LightElement } from "../lightElement";
import type { VersionArrow, VersionArrowsElement } from "./versionArrows";

/**
 * Keeps the reading position while the user steps through versions: the message stays in its place on the screen, and
 * the arrow keeps the focus.
 */
export class VersionSteps {
	#chosen:
		{ readonly turnId: TurnId; readonly arrow: VersionArrow; readonly topPx: number } | undefined;

	/** Called before another version of the message in `turn` is shown. */
	begin(
		{ turnId, arrow }: { readonly turnId: TurnId; readonly arrow: VersionArrow },
		turn: Element,
	): void {
		this.#chosen = { turnId, arrow, topPx: turn.getBoundingClientRect().top };
	}

	/** Returns the turn whose version is awaited. */
	get awaited(): TurnId | undefined {
		return this.#chosen?.turnId;
	}

	/**
	 * Called when the version is drawn in `turn`.
	 *
	 * @param isLast whether it is the end of the conversation; then the log stays at its end if it was there
	 */
	async end(
		turn: LightElement,
		isLast: boolean,
		scroller: HTMLElement,
		anchor: ScrollAnchor | undefined,
	): Promise<void> {
		const chosen = this.#chosen;
		this.#chosen = undefined;
		await turn.updateComplete;
		const arrows = turn.querySelector<VersionArrowsElement>("version-arrows");
		await arrows?.updateComplete;
		if (!chosen) {
			return;
		}
		arrows?.focusArrow(chosen.arrow);
		if (!isLast) {
			anchor?.release();
			scroller.scrollTop += turn.getBoundingClientRect().top - chosen.topPx;
		}
	}
}
