import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { t } from "../../../wording/localize";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ModelStatus } from "../../../protocol/inference/model";
import { modelProgress } from "../../wording/wording";
import { LightElement } from "../lightElement";

/** A progress bar at the top of the view while the model is downloaded or loaded. */
@customElement("model-progress")
export class ModelProgressElement extends LightElement {
	@property({ attribute: false }) model: ModelStatus | undefined;

	protected override render() {
		const progress = this.model && modelProgress(this.model);
		return progress === undefined
			? nothing
			: html`<vscode-progress-bar
					class="model-progress"
					aria-label=${t("Model")}
					?indeterminate=${progress === "unknown"}
					.value=${progress === "unknown" ? undefined : progress * 100}
				></vscode-progress-bar>`;
	}
}
