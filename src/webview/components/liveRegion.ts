import { html } from "lit";
import { customElement, query } from "lit/decorators.js";
import { spokenPieces } from "../announce/spokenPieces";
import { LightElement } from "./lightElement";

declare global {
	interface HTMLElementTagNameMap {
		"live-region": LiveRegionElement;
	}
}

/** So much of what was said stays in the page: what follows at once must not take it from the screen reader. */
const keptSayings = 3;

/**
 * Has a screen reader say things, one after the other. Unseen.
 *
 * What is long comes in pieces, each in a task of its own: a browser lays out what is unseen as well, and a whole answer
 * at once takes it longer than a frame. No template for what is said: one that moved a piece would have it said again.
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
