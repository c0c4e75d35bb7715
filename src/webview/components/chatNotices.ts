import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../wording/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ChatNotice, ChatState } from "../../protocol/chat/chat";
import type { ChatIntent } from "../../protocol/chat/chatIntent";
import { describeAccess, describeNotice, describeUndoable } from "../../wording/describeChat";
import { describeStandIn } from "../../wording/describeTemplate";
import type { ModelStatus } from "../../protocol/inference/model";
import { LightElement } from "./lightElement";

/** The notices about the conversation as a whole, each with its actions. */
@customElement("chat-notices")
export class ChatNoticesElement extends LightElement {
	@property({ attribute: false }) access: ChatState["access"] = { kind: "open" };
	@property({ attribute: false }) notices: readonly ChatNotice[] = [];
	@property({ attribute: false }) undoable: ChatState["undoable"];
	@property({ attribute: false }) model: ModelStatus | undefined;
	/** The files of models whose template notice was dismissed. */
	@state() private toldOf: readonly string[] = [];

	protected override render() {
		const access = describeAccess(this.access);
		return html`${
			access === ""
				? nothing
				: this.#renderNotice("info", access, t("New Chat"), { type: "newChat" })
		}${this.notices.map((notice) =>
			notice.kind === "damaged"
				? this.#renderNotice("warning", describeNotice(notice), t("Show File"), {
						type: "showDamagedFile",
					})
				: this.#renderNotice("warning", describeNotice(notice)),
		)}${this.#renderStandIn()}${
			this.undoable
				? this.#renderNotice("trash", describeUndoable(this.undoable), t("Undo"), { type: "undo" })
				: nothing
		}`;
	}

	#renderStandIn(): TemplateResult | typeof nothing {
		const info = this.model?.kind === "ready" ? this.model.info : undefined;
		if (!info?.templateStandIn || this.toldOf.includes(info.path)) {
			return nothing;
		}
		return html`<div class="notice">
			<span class="codicon codicon-warning notice-icon warning" aria-hidden="true"></span>
			<p class="notice-text">${describeStandIn(info.templateStandIn)}</p>
			<vscode-button
				secondary
				@click=${() => {
					this.toldOf = [...this.toldOf, info.path];
				}}
				>${t("Dismiss")}</vscode-button
			>
		</div>`;
	}

	#renderNotice(
		icon: "info" | "warning" | "trash",
		sentence: string,
		label?: string,
		intent?: ChatIntent,
	): TemplateResult {
		return html`<div class="notice">
			<span class="codicon codicon-${icon} notice-icon ${icon}" aria-hidden="true"></span>
			<p class="notice-text">${sentence}</p>
			${
				intent
					? html`<vscode-button
							secondary
							@click=${() => {
								this.send(intent);
							}}
							>${label}</vscode-button
						>`
					: nothing
			}
		</div>`;
	}
}
