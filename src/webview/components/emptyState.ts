import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../wording/localize";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { CodeSource } from "../../protocol/chat/chat";
import type { ModelStatus } from "../../protocol/inference/model";
import { attachTitle } from "../wording/composerWording";
import { exampleQuestion } from "../wording/exampleQuestion";
import { describeHome, modelName } from "../wording/wording";
import { LightElement } from "./lightElement";

declare global {
	interface HTMLElementEventMap {
		/** Sends this question as the user's message. */
		"ask-example": CustomEvent<string>;
	}
}

/** The content of an empty conversation: what this is, which model answers, and three ways to start. */
@customElement("empty-state")
export class EmptyStateElement extends LightElement {
	@property({ attribute: false }) model: ModelStatus | undefined;
	@property({ attribute: false }) codeSource: CodeSource | undefined;

	protected override render() {
		if (!this.model) {
			return nothing;
		}
		return html`<section class="empty" aria-label=${t("Getting started")}>
			<span class="empty-icon codicon codicon-comment-discussion" aria-hidden="true"></span>
			<h2>${t("Chat with a model on your machine")}</h2>
			<p class="empty-model">${modelName(this.model)}</p>
			<p>${describeHome(this.model)}</p>
			<p>${t("No account, no server. Nothing you write leaves this machine.")}</p>
			<div class="empty-actions">
				<vscode-button
					@click=${() => {
						this.dispatchEvent(
							new CustomEvent("ask-example", { detail: exampleQuestion, bubbles: true }),
						);
					}}
					>${t("Ask an Example")}</vscode-button
				>
				<vscode-button
					secondary
					title=${attachTitle(this.codeSource)}
					?disabled=${this.codeSource?.name === undefined}
					aria-disabled=${this.codeSource?.name === undefined}
					@click=${() => {
						this.send({ type: "attachSelection" });
					}}
					>${t("Attach Code to Chat")}</vscode-button
				>
				<vscode-button
					secondary
					@click=${() => {
						this.send({ type: "chooseModel" });
					}}
					>${t("Select Model")}</vscode-button
				>
			</div>
		</section>`;
	}
}
