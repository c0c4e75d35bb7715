import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ChatIntent } from "../../protocol/chatIntent";
import { describeFailure, type FailureAction } from "../../protocol/describeFailure";
import type { InferenceFailure } from "../../protocol/failure";
import { LightElement } from "./lightElement";

const actions = {
	retry: { label: "Retry", intent: { type: "retry" } },
	retryOnCpu: { label: "Use CPU", intent: { type: "retryOnCpu" } },
	// Trying again asks for it.
	enterToken: { label: "Enter Token", intent: { type: "retry" } },
	chooseModel: { label: "Choose Model", intent: { type: "chooseModel" } },
	openSettings: { label: "Open Settings", intent: { type: "openVsCodeSettings" } },
	showLog: { label: "Show Log", intent: { type: "showLog" } },
} as const satisfies Record<
	Exclude<FailureAction, "showCrashReport">,
	{ readonly label: string; readonly intent: ChatIntent }
>;

/** Why there is no answer, or no whole one, and what to do about it. */
@customElement("failure-card")
export class FailureCard extends LightElement {
	@property({ attribute: false }) failure: InferenceFailure | undefined;
	/** It still concerns the end of the conversation, where its buttons act. */
	@property({ attribute: false }) isCurrent = true;
	/** Its message was taken back, so the card can be put away. */
	@property({ attribute: false }) isDismissible = false;

	protected override render() {
		if (!this.failure) {
			return nothing;
		}
		const description = describeFailure(this.failure);
		return html`<div class="failure" role="group" aria-label="Failure">
			<span class="codicon codicon-error" aria-hidden="true"></span>
			<div class="failure-body">
				<p class="failure-sentence">${description.sentence}</p>
				${
					description.details.length > 0
						? html`<pre class="failure-details" tabindex="0" aria-label="Details">
${description.details.join("\n")}</pre>`
						: nothing
				}
				${this.isCurrent ? this.#renderActions(description.actions) : nothing}
			</div>
			${
				this.isDismissible
					? html`<button
							type="button"
							class="icon-button"
							aria-label="Dismiss"
							title="Dismiss"
							@click=${() => {
								this.send({ type: "dismissRefusal" });
							}}
						>
							<span class="codicon codicon-close" aria-hidden="true"></span>
						</button>`
					: nothing
			}
		</div>`;
	}

	#action(action: FailureAction): { readonly label: string; readonly intent: ChatIntent } {
		if (action !== "showCrashReport") {
			return actions[action];
		}
		const reportId = this.failure?.kind === "processCrashed" ? this.failure.reportId : "";
		return { label: "Show Crash Report", intent: { type: "showCrashReport", reportId } };
	}

	#renderActions(offered: readonly FailureAction[]) {
		return html`<div class="buttons">
			${offered.map((action, index) => {
				const { label, intent } = this.#action(action);
				return html`<vscode-button
					?secondary=${index > 0}
					@click=${() => {
						this.send(intent);
					}}
					>${label}</vscode-button
				>`;
			})}
		</div>`;
	}
}
