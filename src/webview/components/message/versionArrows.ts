import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import type { TurnId } from "../../../protocol/chat/ids";
import { describeVersion } from "../../wording/chatWording";
import { LightElement } from "../lightElement";

declare global {
	interface HTMLElementEventMap {
		/** Moves to a neighboring version; the focus stays on the same arrow. */
		"version-chosen": CustomEvent<{ readonly turnId: TurnId; readonly arrow: VersionArrow }>;
	}
}

export type VersionArrow = "previous" | "next";

/** Steps through the versions of a message. */
@customElement("version-arrows")
export class VersionArrowsElement extends LightElement {
	/** All versions, oldest first, including the shown one. */
	@property({ attribute: false }) versions: readonly TurnId[] = [];
	@property({ attribute: false }) shown: TurnId = "";

	/** Moves the focus to an arrow. */
	focusArrow(arrow: VersionArrow): void {
		this.querySelector<HTMLElement>(`[data-arrow="${arrow}"]`)?.focus({ preventScroll: true });
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
			${this.#renderArrow("previous", this.versions[index - 1])}
			<span class="version-count" aria-hidden="true">${index + 1}/${this.versions.length}</span>
			${this.#renderArrow("next", this.versions[index + 1])}
		</span>`;
	}

	/** At either end, an arrow stays and keeps the focus, but does nothing. */
	#renderArrow(arrow: VersionArrow, turnId: TurnId | undefined): TemplateResult {
		const name = arrow === "previous" ? t("Previous version") : t("Next version");
		const icon = arrow === "previous" ? "chevron-left" : "chevron-right";
		return html`<button
			type="button"
			class="icon-button needs-rest"
			data-arrow=${arrow}
			aria-label=${name}
			title=${name}
			aria-disabled=${turnId === undefined ? "true" : "false"}
			@click=${() => {
				if (turnId !== undefined) {
					this.dispatchEvent(
						new CustomEvent("version-chosen", { detail: { turnId, arrow }, bubbles: true }),
					);
					this.send({ type: "showVersion", turnId });
				}
			}}
		>
			<span class="codicon codicon-${icon}" aria-hidden="true"></span>
		</button>`;
	}
}
