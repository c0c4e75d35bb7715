import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ChatState } from "../../../protocol/chat/chat";
import type { ChatIntent } from "../../../protocol/chat/chatIntent";
import { isNearlyFull } from "../../../protocol/chat/contextUse";
import { isAtRest } from "../../state/atRest";
import { describeFullness, droppedText } from "../../wording/contextWording";
import type { MessageTooLong } from "../../wording/messageTooLong";
import { iconButton } from "../iconButton";
import { LightElement } from "../lightElement";

/** A notice that the user has read is not shown again in the same conversation. */
interface Reading {
	readonly chatId: string;
	readonly what: "full" | "dropped";
}

const labels: Readonly<Record<Reading["what"], () => string>> = {
	full: () => t("Context nearly full"),
	dropped: () => t("Older messages dropped out"),
};

type Button = TemplateResult | undefined;

interface Box {
	/** The accessible name of the box. */
	readonly label: string;
	readonly sentence: string;
	readonly buttons: readonly Button[];
}

/**
 * Says that a message is too long for the context, that the context is nearly full or full, or what was trimmed, and
 * offers actions.
 */
@customElement("context-notice")
export class ContextNoticeElement extends LightElement {
	@property({ attribute: false }) chat: ChatState | undefined;
	/** Whether the draft cannot be sent. */
	@property({ attribute: false }) tooLong: MessageTooLong | undefined;
	/** The notices that the user dismissed, until there is room again. */
	@state() private readings: readonly Reading[] = [];

	protected override willUpdate(changed: PropertyValues<this>): void {
		const use = this.chat?.contextUse;
		if (changed.has("chat") && use && !isNearlyFull(use)) {
			this.readings = this.readings.filter(({ what }) => what === "dropped");
		}
		// When the context is full, nearly every message trims another one, so this is not repeated.
		if (changed.has("chat") && this.chat?.visibleFrom === undefined) {
			this.readings = this.readings.filter(({ what }) => what !== "dropped");
		}
	}

	protected override render() {
		const { chat, tooLong } = this;
		if (!chat) {
			return nothing;
		}
		if (tooLong) {
			return this.#renderTooLong(chat, tooLong);
		}
		const { contextUse, visibleFrom } = chat;
		const hasDropped = visibleFrom !== undefined;
		if (contextUse && isNearlyFull(contextUse) && isAtRest(chat)) {
			const sentence = describeFullness(contextUse, hasDropped);
			return this.#renderUnlessRead("full", chat, sentence, [
				this.#renderRemove(chat),
				this.#renderEnlarge(contextUse.contextTokens < contextUse.trainedContextTokens),
				this.#renderSummarize(chat),
			]);
		}
		return hasDropped
			? this.#renderUnlessRead("dropped", chat, droppedText(), [this.#renderSummarize(chat)])
			: nothing;
	}

	/** Cannot be dismissed while the message is too long, because it explains why Send is disabled. */
	#renderTooLong(chat: ChatState, tooLong: MessageTooLong) {
		const buttons = [
			tooLong.isSystemPrompt ? this.#renderEditPrompt() : this.#renderRemove(chat),
			tooLong.canGrow
				? this.#renderEnlarge(true)
				: this.#renderButton(t("Select Model"), { type: "chooseModel" }),
		];
		const dismiss = (): void => {
			this.send({ type: "dismissRefusal" });
		};
		return this.#renderBox(
			{ label: t("Message too long"), sentence: tooLong.sentence, buttons },
			chat,
			tooLong.mayFit ? dismiss : undefined,
		);
	}

	#renderUnlessRead(
		what: Reading["what"],
		chat: ChatState,
		sentence: string,
		buttons: readonly Button[],
	) {
		const { chatId } = chat;
		return this.readings.some((one) => one.chatId === chatId && one.what === what)
			? nothing
			: this.#renderBox({ label: labels[what](), sentence, buttons }, chat, () => {
					this.readings = [...this.readings, { chatId, what }];
				});
	}

	#renderBox({ label, sentence, buttons }: Box, chat: ChatState, dismiss?: () => void) {
		return html`<section class="notice context-notice" aria-label=${label}>
			<span class="codicon codicon-warning notice-icon warning" aria-hidden="true"></span>
			<p class="notice-text">${sentence}</p>
			${dismiss ? iconButton("close", t("Dismiss"), t("Dismiss"), dismiss) : nothing}
			${isAtRest(chat) ? html`<div class="buttons">${buttons}</div>` : nothing}
		</section>`;
	}

	#renderRemove({ attachments, contextUse }: ChatState): Button {
		const longest =
			attachments.find(({ id }) => id === contextUse?.longestAttachmentId) ?? attachments[0];
		return longest
			? this.#renderButton(t("Remove {0}", longest.label), {
					type: "removeAttachment",
					attachmentId: longest.id,
				})
			: undefined;
	}

	#renderEnlarge(canGrow: boolean): Button {
		return canGrow
			? this.#renderButton(t("Larger Context…"), { type: "enlargeContext" })
			: undefined;
	}

	#renderSummarize({ turns }: ChatState): Button {
		return turns.length > 0
			? this.#renderButton(t("New Chat with Summary"), { type: "summarize" })
			: undefined;
	}

	#renderEditPrompt() {
		return html`<vscode-button
			secondary
			@click=${() => {
				this.dispatchEvent(new CustomEvent("open-settings", { bubbles: true }));
			}}
			>${t("Edit System Prompt")}</vscode-button
		>`;
	}

	#renderButton(label: string, intent: ChatIntent) {
		return html`<vscode-button
			secondary
			@click=${() => {
				this.send(intent);
			}}
			>${label}</vscode-button
		>`;
	}
}
