import { html, nothing, type PropertyValues } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property, query } from "lit/decorators.js";
import type { UserTurn } from "../../../protocol/chat/chat";
import type { TurnId } from "../../../protocol/chat/ids";
import type { MessageEdit } from "../../../protocol/chat/unsentText";
import "../composer/attachmentChips";
import "../copyButton";
import { iconButton } from "../iconButton";
import { LightElement } from "../lightElement";
import "./messageEditor";
import type { MessageEditorElement } from "./messageEditor";
import { versionsChanged } from "./versionsChanged";
import "./versionArrows";

/** The class of the button that opens the editor. */
const classes = ["needs-rest", "edit-button"];

/** A message of the user as written, with its attached code, or an editor for it. */
@customElement("user-message")
export class UserMessageElement extends LightElement {
	@property({ attribute: false }) turn: UserTurn | undefined;
	@property({ attribute: false, hasChanged: versionsChanged }) versions: readonly TurnId[] = [];
	@property({ attribute: false }) edit: MessageEdit | undefined;
	/** Why an edit cannot be sent now; set only while there is a reason. */
	@property({ attribute: false }) objection = "";
	@query("message-editor") private readonly editor!: MessageEditorElement | null;
	@query(".edit-button") private readonly editButton!: HTMLElement | null;

	/** The element that takes the focus once it is drawn. */
	#nextFocus: "editor" | "editButton" | undefined;

	protected override updated(changed: PropertyValues<this>): void {
		if (!changed.has("edit") || !this.#nextFocus) {
			return;
		}
		if (this.#nextFocus === "editor") {
			void this.editor?.focusTextbox();
		} else {
			this.editButton?.focus();
		}
		this.#nextFocus = undefined;
	}

	protected override render() {
		if (!this.turn) {
			return nothing;
		}
		const { id, text, attachments } = this.turn;
		return html`<article class="user" aria-label=${t("You")}>
			<div class="bubble ${this.edit ? "editing" : ""}">
				${
					attachments.length > 0
						? html`<attachment-chips .chips=${attachments}></attachment-chips>`
						: nothing
				}
				${
					this.edit
						? html`<message-editor
								.editedId=${id}
								.text=${this.edit.text}
								.hasAttachments=${attachments.length > 0}
								.objection=${this.objection}
								@edit-step=${this.#followStep}
							></message-editor>`
						: text === ""
							? nothing
							: html`<p class="user-text" dir="auto">${text}</p>`
				}
			</div>
			${this.edit ? nothing : this.#renderFoot(this.turn)}
		</article>`;
	}

	#renderFoot({ id, text, attachments }: UserTurn) {
		// The code stays with the host: a message without text consists of its labels here.
		const copied = text === "" ? attachments.map(({ label }) => label).join("\n") : text;
		return html`<div class="foot">
			<span class="message-actions">
				<copy-button .text=${copied}></copy-button>
				${iconButton("edit", t("Edit"), t("Edit"), this.#begin, classes.join(" "))}
				${iconButton(
					"trash",
					t("Delete"),
					t("Delete this message and all that follow it"),
					() => {
						this.send({ type: "deleteTurn", turnId: id });
					},
					"needs-rest",
				)}
			</span>
			<version-arrows .versions=${this.versions} .shown=${id}></version-arrows>
		</div>`;
	}

	readonly #begin = (): void => {
		if (this.turn) {
			const { id: editedId, text } = this.turn;
			this.#nextFocus = "editor";
			this.dispatchEvent(
				new CustomEvent("edit-step", { detail: { type: "begin", editedId, text }, bubbles: true }),
			);
		}
	};

	readonly #followStep = ({ detail }: HTMLElementEventMap["edit-step"]): void => {
		if (detail.type === "cancel") {
			this.#nextFocus = "editButton";
		}
	};
}
