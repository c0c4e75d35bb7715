import { html, nothing } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import type { ModelStatus as Status } from "../../../protocol/inference/model";
import type { Thinking } from "../../../protocol/chat/thinking";
import { describeModel, describeModelFully, modelName } from "../../wording/wording";
import { LightElement } from "../lightElement";
import "./thinkingControl";

/**
 * The status line: the model and its device. A click on it opens the model picker. Beside it, the thinking level is
 * shown.
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

	/** The button is next to the status, because roles inside a button are not announced. */
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
