import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ModelStatus as Status } from "../../protocol/model";
import { describeModel, describeModelFully, modelName } from "../wording";
import { LightElement } from "./lightElement";

/** The status line: which model answers and what it runs on. A click anywhere on it changes the model. */
@customElement("model-status")
export class ModelStatus extends LightElement {
	@property({ attribute: false }) model: Status | undefined;

	protected override render() {
		return html`<div class="status-line">
			<p class="status" role="status">${this.model ? describeModel(this.model) : ""}</p>
			${this.model ? this.#renderButton(this.model) : nothing}
		</div>`;
	}

	/** Beside the status, not around it: what a button contains has no role of its own. */
	#renderButton(model: Status) {
		const label = `Change model: ${modelName(model)}`;
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
