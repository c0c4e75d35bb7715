import type { ModelStatus } from "../../protocol/inference/model";
import { Emitter } from "../base/emitter";

/** Where the model is on its way, told when it changes. */
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

	/** Tells only of what differs. */
	set(status: ModelStatus): void {
		if (JSON.stringify(status) !== JSON.stringify(this.#current)) {
			this.#current = status;
			this.#changes.fire(status);
		}
	}
}
