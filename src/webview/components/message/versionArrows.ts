import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { TurnId } from "../../../protocol/chat/ids";
import { describeVersion } from "../../wording/chatWording";
import { LightElement } from "../lightElement";

declare global {
	interface HTMLElementEventMap {
		/** A neighbour of a version is about to be shown; the focus shall be on the same arrow of it. */
		"version-chosen": CustomEvent<{ readonly turnId: TurnId; readonly arrow: VersionArrow }>;
	}
}

/** The accessible names of the two arrows. */
export type VersionArrow = "Previous version" | "Next version";

/** Steps through the versions of a message. */
@customElement("version-arrows")
export class VersionArrowsElement extends LightElement {
	/** Oldest first, the one that is shown among them. */
	@property({ attribute: false }) versions: readonly TurnId[] = [];
	@property({ attribute: false }) shown: TurnId = "";

	/** Gives an arrow the focus. */
	focusArrow(arrow: VersionArrow): void {
		this.querySelector<HTMLElement>(`[aria-label="${arrow}"]`)?.focus({ preventScroll: true });
	}

	protected override render() {
		const index = this.versions.indexOf(this.shown);
		if (this.versions.length < 2 || index < 0) {
			return nothing;
		}
		return html`<span
			class="versions"
			role="group"
			aria-label=${describeVersion(this.versions, this.shown)}
		>
			${this.#renderArrow("Previous version", "chevron-left", this.versions[index - 1])}
			<span class="version-count" aria-hidden="true">${index + 1}/${this.versions.length}</span>
			${this.#renderArrow("Next version", "chevron-right", this.versions[index + 1])}
		</span>`;
	}

	/** At either end an arrow stays where it is and can keep the focus, but does nothing. */
	#renderArrow(name: VersionArrow, icon: string, turnId: TurnId | undefined): TemplateResult {
		return html`<button
			type="button"
			class="icon-button needs-rest"
			aria-label=${name}
			title=${name}
			aria-disabled=${turnId === undefined ? "true" : "false"}
			@click=${() => {
				if (turnId !== undefined) {
					this.dispatchEvent(
						new CustomEvent("version-chosen", { detail: { turnId, arrow: name }, bubbles: true }),
					);
					this.send({ type: "showVersion", turnId });
				}
			}}
		>
			<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		</button>`;
	}
}
