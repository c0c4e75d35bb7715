import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { describeThinking } from "../../../wording/describeThinking";
import type { ModelStatus } from "../../../protocol/inference/model";
import type { Thinking } from "../../../protocol/chat/thinking";
import { LightElement } from "../lightElement";

/** How much the model thinks, beside its name; not there for a model that cannot think. A click changes it. */
@customElement("thinking-control")
export class ThinkingControlElement extends LightElement {
	@property({ attribute: false }) model: ModelStatus | undefined;
	@property({ attribute: false }) thinking: Thinking = "auto";

	protected override render() {
		if (this.model?.kind !== "ready" || this.model.info.thinking.kind !== "thinks") {
			return nothing;
		}
		const value = describeThinking(this.thinking);
		return html`<button
			type="button"
			class="thinking-button"
			aria-label=${`Change thinking: ${value}`}
			title=${`How much ${this.model.info.name} thinks before it answers: ${value}`}
			@click=${() => {
				this.send({ type: "chooseThinking" });
			}}
		>
			<span>Thinking: ${value}</span>
			<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
		</button>`;
	}
}
