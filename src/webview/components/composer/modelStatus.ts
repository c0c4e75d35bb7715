import { html, nothing } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import type { ModelStatus as Status } from "../../../protocol/inference/model";
import type { Thinking } from "../../../protocol/chat/thinking";
import { describeModel, describeModelFully, modelName } from "../../wording/wording";
import { LightElement } from "../lightElement";
import "./thinkingControl";

/**
 * The status line: which model answers and what it runs on. A click anywhere on it changes the model. Beside it stands
 * how much the model thinks.
 */
@customElement("model-status")
export class ModelStatusElement extends LightElement {
	@property({ attribute: false }) model: Status | undefined;
	@property({ attribute: false }) thinking: Thinking = "auto";

	protected override render() {
		return html`<div class="status-line">
				<p class="status" role="status">${this.model ? describeModel(this.model) : ""}</p>
				${this.model ? this.#renderButton(this.model) : nothing}
			</div>
			<thinking-control .model=${this.model} .thinking=${this.thinking}></thinking-control>`;
	}

	/** Beside the status, not around it: what a button contains has no role of its own. */
	#renderButton(model: Status) {
		const label = t("Change model: {0}", modelName(model));
		return html`<button
			type="button"
			class="model-button"
			aria-label=${label}
			title=${`${label}\n${describeModelFully(model)}`.trim()}
			@click=${() => {
				this.send({ type: "chooseModel" });
			}}
		>
			<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
		</button>`;
	}
}
