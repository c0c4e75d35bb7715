import type { TurnId } from "../../../protocol/chat/ids";
import type { ScrollAnchor } from "../../scroll/scrollAnchor";
import type { LightElement } from "../lightElement";
import type { VersionArrow, VersionArrowsElement } from "./versionArrows";

/**
 * Keeps the reader at the message whose versions they step through: it stays where it is on the screen, and the arrow
 * that was used keeps the focus.
 */
export class VersionSteps {
	#chosen:
		{ readonly turnId: TurnId; readonly arrow: VersionArrow; readonly topPx: number } | undefined;

	/** A version of the message in `turn` is about to be shown in its place. */
	begin(
		{ turnId, arrow }: { readonly turnId: TurnId; readonly arrow: VersionArrow },
		turn: Element,
	): void {
		this.#chosen = { turnId, arrow, topPx: turn.getBoundingClientRect().top };
	}

	/** @returns the turn that is waited for. */
	get awaited(): TurnId | undefined {
		return this.#chosen?.turnId;
	}

	/**
	 * The version is there, in `turn`.
	 *
	 * @param isLast it ends the conversation: the log stays at its end if it was there
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
