import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { t } from "../../../wording/localize";
import { describeThinking } from "../../../wording/describeThinking";
import type { ModelStatus } from "../../../protocol/inference/model";
import type { Thinking } from "../../../protocol/chat/thinking";
import { LightElement } from "../lightElement";

/** Shows how much the model thinks, and changes it on a click. Hidden for models that cannot think. */
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
			aria-label=${t("Change thinking: {0}", value)}
			title=${t("How much {0} thinks before it answers: {1}", this.model.info.name, value)}
			@click=${() => {
				this.send({ type: "chooseThinking" });
			}}
		>
			<span>${t("Thinking: {0}", value)}</span>
			<span class="codicon codicon-chevron-down" aria-hidden="true"></span>
		</button>`;
	}
}
