import { html } from "lit";
import { customElement, query } from "lit/decorators.js";
import { spokenPieces } from "../announce/spokenPieces";
import { LightElement } from "./lightElement";

declare global {
	interface HTMLElementTagNameMap {
		"live-region": LiveRegionElement;
	}
}

/** How many announced texts stay in the page, so that the next one does not interrupt the screen reader. */
const keptSayings = 3;

/**
 * Announces texts to screen readers, one after another. Invisible.
 *
 * A long text is announced in pieces, each in a separate task: browsers lay out invisible text, too, and a whole answer
 * would take longer than a frame. There is no template, because a template that moved a piece would announce it again.
 */
@customElement("live-region")
export class LiveRegionElement extends LightElement {
	@query("[aria-live]") private readonly region!: HTMLElement;
	#said: Promise<void> = Promise.resolve();

	say(text: string): void {
		this.#said = this.#said.then(() => this.#say(spokenPieces(text)));
	}

	protected override render() {
		return html`<div class="visually-hidden" aria-live="polite"></div>`;
	}

	async #say([first = "", ...others]: readonly string[]): Promise<void> {
		const saying = document.createElement("div");
		saying.append(paragraph(first));
		this.region.append(saying);
		while (this.region.childElementCount > keptSayings) {
			this.region.firstElementChild?.remove();
		}
		for (const piece of others) {
			await new Promise((resolve) => setTimeout(resolve));
			if (!this.isConnected) {
				return;
			}
			saying.append(paragraph(piece));
		}
	}
}

function paragraph(text: string): HTMLParagraphElement {
	const element = document.createElement("p");
	element.textContent = text;
	return element;
}
