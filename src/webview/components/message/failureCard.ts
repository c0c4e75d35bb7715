import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { TurnId } from "../../../protocol/chat/ids";
import type { ChatIntent } from "../../../protocol/chat/chatIntent";
import { describeFailure } from "../../../wording/describeFailure";
import { type FailureAction } from "../../../wording/failureDescription";
import type { InferenceFailure } from "../../../protocol/failure";
import { LightElement } from "../lightElement";

interface Action {
	readonly label: string;
	readonly intent: ChatIntent;
}

const actions = {
	retry: { label: () => t("Retry"), intent: { type: "retry" } },
	retryOnCpu: { label: () => t("Use CPU"), intent: { type: "retryOnCpu" } },
	// Retry also asks for the token.
	enterToken: { label: () => t("Enter Token"), intent: { type: "retry" } },
	chooseModel: { label: () => t("Select Model"), intent: { type: "chooseModel" } },
	openSettings: { label: () => t("Open Settings"), intent: { type: "openVsCodeSettings" } },
	showLog: { label: () => t("Show Log"), intent: { type: "showLog" } },
} as const satisfies Record<
	Exclude<FailureAction, "showCrashReport">,
	{ readonly label: () => string; readonly intent: ChatIntent }
>;

/** Says why an answer failed or is incomplete, and offers what to do. */
@customElement("failure-card")
export class FailureCardElement extends LightElement {
	@property({ attribute: false }) failure: InferenceFailure | undefined;
	/** Whether the failed answer is at the end of the conversation, where its buttons apply. */
	@property({ attribute: false }) isCurrent = true;
	/** The interrupted answer that can be continued. */
	@property({ attribute: false }) continuesId: TurnId | undefined;
	/** Whether its message was withdrawn, so that the card can be dismissed. */
	@property({ attribute: false }) isDismissible = false;

	protected override render() {
		if (!this.failure) {
			return nothing;
		}
		const description = describeFailure(this.failure);
		return html`<div class="failure" role="group" aria-label=${t("Failure")}>
			<span class="codicon codicon-error" aria-hidden="true"></span>
			<div class="failure-body">
				<p class="failure-sentence">${description.sentence}</p>
				${
					description.details.length > 0
						? html`<pre class="failure-details" tabindex="0" aria-label=${t("Details")}>
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
							aria-label=${t("Dismiss")}
							title=${t("Dismiss")}
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

	#action(action: FailureAction): Action {
		if (action !== "showCrashReport") {
			const { label, intent } = actions[action];
			return { label: label(), intent };
		}
		const reportId = this.failure?.kind === "processCrashed" ? this.failure.reportId : "";
		return { label: t("Show Crash Report"), intent: { type: "showCrashReport", reportId } };
	}

	#renderActions(offered: readonly FailureAction[]) {
		const { continuesId } = this;
		const buttons: readonly Action[] = [
			...(continuesId === undefined
				? []
				: [{ label: t("Continue"), intent: { type: "continue", answerId: continuesId } } as const]),
			...offered.map((action) => this.#action(action)),
		];
		return html`<div class="buttons">
			${buttons.map(
				({ label, intent }, index) =>
					html`<vscode-button
						?secondary=${index > 0}
						@click=${() => {
							this.send(intent);
						}}
						>${label}</vscode-button
					>`,
			)}
		</div>`;
	}
}
