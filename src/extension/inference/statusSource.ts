import type { ModelStatus } from "../../protocol/inference/model";
import { Emitter } from "../base/emitter";

/** The current status of the model, with an event for its changes. */
export class StatusSource {
	readonly #changes = new Emitter<ModelStatus>();
	readonly onDidChange = this.#changes.event;
	#current: ModelStatus;

	constructor(initial: ModelStatus) {
		this.#current = initial;
	}

	get current(): ModelStatus {
		return this.#current;
	}

	/** Sets the status. Notifies listeners only if it differs. */
	set(status: ModelStatus): void {
		if (JSON.stringify(status) !== JSON.stringify(this.#current)) {
			this.#current = status;
			this.#changes.fire(status);
		}
	}
}
