import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { AttachmentChip, CodeSource } from "../../../protocol/chat/chat";
import type { AttachmentId } from "../../../protocol/chat/ids";
import type { ContextUse } from "../../../protocol/chat/contextUse";
import { lengthObjection } from "../../wording/chatWording";
import { attachTitle, messageLabel, questionPlaceholder } from "../../wording/composerWording";
import { t } from "../../../wording/localize";
import { messageIn } from "../../../protocol/chat/messageIn";
import "./attachmentChips";
import "./contextMeter";
import { iconButton } from "../iconButton";
import { isComposing } from "./isComposing";
import { isLongPaste } from "./longPaste";
import { LightElement } from "../lightElement";

declare global {
	interface HTMLElementEventMap {
		"draft-changed": CustomEvent<string>;
		/** Sends the draft. */
		"draft-sent": CustomEvent<undefined>;
		/** Announces a text to screen readers. */
		announce: CustomEvent<string>;
		/** Opens the settings dialog. */
		"open-settings": CustomEvent<undefined>;
	}
}

const pastedHint = (): string => t("Long text goes along as an attachment.");

/** The message box with its buttons: attach, context, settings, Stop, and Send. */
@customElement("chat-composer")
export class ChatComposerElement extends LightElement {
	@property({ attribute: false }) text = "";
	@property({ attribute: false }) attachments: readonly AttachmentChip[] = [];
	@property({ attribute: false }) codeSource: CodeSource | undefined;
	@property({ attribute: false }) contextUse: ContextUse | undefined;
	/** Whether the conversation is loaded, so that a message can be sent. */
	@property({ attribute: false }) isReady = false;
	/** Whether an answer is being generated here. It can be stopped, and a message waits for its end. */
	@property({ attribute: false }) isRunning = false;
	/** Why the draft can never be sent as it is; empty if it can. */
	@property({ attribute: false }) tooLong = "";
	/** Why a message cannot be sent now; empty if it can. */
	@property({ attribute: false }) objection = "";
	/** The text that ArrowUp restores into an empty textbox. */
	@property({ attribute: false }) lastMessage = "";
	/** Why the message was not sent, or why another action failed. */
	@state() private hint = "";
	/** The last pasted text that became an attachment. */
	@state() private pasted: { readonly id: AttachmentId; readonly text: string } | undefined;
	@query("textarea") readonly textbox!: HTMLTextAreaElement;
	/** Whether the draft was submitted before the conversation was loaded, and not changed since. */
	#sendWhenReady = false;

	/** Restores the cursor position. */
	focusTextbox(): void {
		this.textbox.focus();
	}

	/** Shows why an action failed, until the user continues. */
	tell(sentence: string): void {
		this.hint = sentence;
	}

	/** Why the message is too long; empty if it is not. */
	get #lengthObjection(): string {
		return lengthObjection(this.text) || this.tooLong;
	}

	get #isEmpty(): boolean {
		return messageIn(this.text) === "" && this.attachments.length === 0;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("objection") || changed.has("text") || changed.has("attachments")) {
			this.hint = "";
		}
	}

	protected override updated(): void {
		if (this.isReady && this.#sendWhenReady) {
			this.#sendWhenReady = false;
			this.#sendDraft();
		}
	}

	// eslint-disable-next-line max-lines-per-function -- it is one template
	protected override render() {
		return html`<div class="composer-box">
				${
					this.attachments.length > 0 || this.codeSource?.isReading
						? html`<attachment-chips
								.chips=${this.attachments}
								.pending=${this.codeSource?.isReading ? (this.codeSource.name ?? "") : undefined}
								removable
							></attachment-chips>`
						: nothing
				}
				<textarea
					dir="auto"
					rows="1"
					aria-label=${messageLabel()}
					aria-describedby="composer-hint"
					placeholder=${this.isRunning ? t("Write the next message") : questionPlaceholder()}
					.value=${live(this.text)}
					@input=${this.#input}
					@paste=${this.#paste}
					@keydown=${this.#keyDown}
				></textarea>
				<div class="composer-bar">
					${iconButton(
						"attach",
						t("Attach Code to Chat"),
						attachTitle(this.codeSource),
						() => {
							this.tell("");
							this.send({ type: "attachSelection" });
						},
						"",
						this.codeSource?.name === undefined,
					)}
					<context-meter .use=${this.contextUse}></context-meter>
					<span class="spacer"></span>
					${iconButton(
						"clear-all",
						t("Clear"),
						t("Clear: begin again, and keep this chat in the history"),
						() => {
							this.send({ type: "clear" });
							this.focusTextbox();
						},
					)}
					${iconButton("settings-gear", t("Settings"), t("Settings"), () => {
						this.dispatchEvent(new CustomEvent("open-settings", { bubbles: true }));
					})}
					${
						this.isRunning
							? iconButton("debug-stop", t("Stop"), t("Stop (Escape)"), this.#stop, "secondary")
							: nothing
					}
					<button
						type="button"
						class="icon-button primary"
						aria-label=${t("Send")}
						title=${this.#lengthObjection || (this.isRunning ? t("Send after this answer (Enter)") : t("Send (Enter)"))}
						?disabled=${this.#isEmpty || !this.isReady || this.#lengthObjection !== ""}
						@click=${this.#sendDraft}
					>
						<span class="codicon codicon-arrow-up" aria-hidden="true"></span>
					</button>
				</div>
			</div>
			<p class="composer-hint" id="composer-hint">${this.hint}</p>
			${this.#renderPasted()}`;
	}

	/** Offers to move pasted text from its attachment into the textbox. */
	#renderPasted() {
		const { pasted } = this;
		return pasted && this.attachments.some(({ id }) => id === pasted.id)
			? html`<p class="composer-hint">
					${pastedHint()}
					<button type="button" class="link" @click=${this.#insertPasted}>
						${t("Insert as Text")}
					</button>
				</p>`
			: nothing;
	}

	readonly #input = (): void => {
		this.#sendWhenReady = false;
		this.#change(this.textbox.value);
	};

	readonly #paste = (event: ClipboardEvent): void => {
		const text = event.clipboardData?.getData("text/plain") ?? "";
		if (isLongPaste(text)) {
			event.preventDefault();
			const id = crypto.randomUUID();
			this.pasted = { id, text };
			this.send({ type: "attachText", attachmentId: id, text });
			this.dispatchEvent(new CustomEvent("announce", { detail: pastedHint(), bubbles: true }));
		}
	};

	readonly #insertPasted = (): void => {
		const { pasted, textbox } = this;
		if (pasted) {
			this.pasted = undefined;
			this.send({ type: "removeAttachment", attachmentId: pasted.id });
			textbox.focus();
			textbox.setRangeText(pasted.text, textbox.selectionStart, textbox.selectionEnd, "end");
			this.#change(textbox.value);
		}
	};

	readonly #keyDown = (event: KeyboardEvent): void => {
		if (isComposing(event)) {
			return;
		}
		if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
			event.preventDefault();
			this.#sendDraft();
		} else if (event.key === "ArrowUp" && this.text === "" && this.lastMessage !== "") {
			event.preventDefault();
			this.#change(this.lastMessage);
			this.textbox.value = this.lastMessage;
			this.textbox.setSelectionRange(this.lastMessage.length, this.lastMessage.length);
		}
	};

	readonly #sendDraft = (): void => {
		if (!this.isReady) {
			this.#sendWhenReady = true;
		} else if (!this.#isEmpty) {
			const reason = this.#lengthObjection || this.objection;
			// A message that is too long for the context has a separate notice.
			this.hint = reason === this.tooLong ? "" : reason;
			this.dispatchEvent(
				reason === ""
					? new CustomEvent("draft-sent", { bubbles: true })
					: new CustomEvent("announce", { detail: reason, bubbles: true }),
			);
		}
		this.focusTextbox();
	};

	readonly #stop = (): void => {
		this.send({ type: "stop" });
		// The Stop button disappears with the answer, and would take the focus with it.
		this.focusTextbox();
	};

	#change(text: string): void {
		this.dispatchEvent(new CustomEvent("draft-changed", { detail: text, bubbles: true }));
	}
}
