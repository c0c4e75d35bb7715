import { html } from "lit";
import { customElement, query } from "lit/decorators.js";
import { LightElement } from "./lightElement";

/** So much of what was said stays in the page: what follows at once must not take it from the screen reader. */
const keptSentences = 3;

/**
 * Has a screen reader say things, one after the other. Unseen.
 *
 * No template for what is said: one that moved a sentence would have it said again.
 */
@customElement("live-region")
export class LiveRegion extends LightElement {
	@query("[aria-live]") private readonly region!: HTMLElement;

	say(text: string): void {
		const sentence = document.createElement("p");
		sentence.textContent = text;
		this.region.append(sentence);
		while (this.region.childElementCount > keptSentences) {
			this.region.firstElementChild?.remove();
		}
	}

	protected override render() {
		return html`<div class="visually-hidden" aria-live="polite"></div>`;
	}
}
