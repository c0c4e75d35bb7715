import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { TurnId } from "../../../protocol/chat/ids";
import { lengthObjection } from "../../wording/chatWording";
import { messageIn } from "../../../protocol/chat/messageIn";
import type { EditStep } from "../../state/messageEdits";
import { isComposing } from "../composer/isComposing";
import { LightElement } from "../lightElement";

declare global {
	interface HTMLElementEventMap {
		"edit-step": CustomEvent<EditStep>;
	}
}

/** Edits a message of the user in its place. */
@customElement("message-editor")
export class MessageEditorElement extends LightElement {
	@property({ attribute: false }) editedId: TurnId = "";
	@property({ attribute: false }) text = "";
	@property({ attribute: false }) hasAttachments = false;
	/** Why it cannot be sent now; empty if it can. */
	@property({ attribute: false }) objection = "";
	/** Why it was not sent. */
	@state() private hint = "";
	@query("textarea") private readonly textbox!: HTMLTextAreaElement;

	/** Places the cursor after the last character. */
	async focusTextbox(): Promise<void> {
		await this.updateComplete;
		this.textbox.focus();
		this.textbox.setSelectionRange(this.text.length, this.text.length);
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("objection") || changed.has("text")) {
			this.hint = "";
		}
	}

	protected override render() {
		const hintId = `edit-hint-${this.editedId}`;
		return html`<textarea
				dir="auto"
				class="edit-text"
				rows="1"
				aria-label=${t("Edit message")}
				aria-describedby=${hintId}
				.value=${live(this.text)}
				@input=${() => {
					this.#step({ type: "change", editedId: this.editedId, text: this.textbox.value });
				}}
				@keydown=${this.#keyDown}
			></textarea>
			<p class="edit-hint" id=${hintId}>${this.hint}</p>
			<div class="buttons">
				<vscode-button ?disabled=${this.#isEmpty} @click=${this.#save}
					>${t("Save and Send")}</vscode-button
				>
				<vscode-button secondary @click=${this.#cancel}>${t("Cancel")}</vscode-button>
			</div>`;
	}

	get #isEmpty(): boolean {
		return messageIn(this.text) === "" && !this.hasAttachments;
	}

	readonly #keyDown = (event: KeyboardEvent): void => {
		if (isComposing(event)) {
			return;
		}
		if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
			event.preventDefault();
			this.#save();
		} else if (event.key === "Escape") {
			// Outside the editor, Escape stops an answer.
			event.stopPropagation();
			this.#cancel();
		}
	};

	readonly #save = (): void => {
		if (this.#isEmpty) {
			return;
		}
		this.hint = lengthObjection(this.text) || this.objection;
		if (this.hint === "") {
			this.#step({ type: "send", editedId: this.editedId });
		} else {
			this.dispatchEvent(new CustomEvent("announce", { detail: this.hint, bubbles: true }));
		}
	};

	readonly #cancel = (): void => {
		this.#step({ type: "cancel", editedId: this.editedId });
	};

	#step(step: EditStep): void {
		this.dispatchEvent(new CustomEvent<EditStep>("edit-step", { detail: step, bubbles: true }));
	}
}
