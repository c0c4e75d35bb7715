import type { ChatState, SettingsState } from "../../protocol/chat/chat";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import type { ModelStatus } from "../../protocol/inference/model";
import { applyFact } from "../../protocol/chat/replica";
import { Emitter } from "../base/emitter";

/** @returns the state before any conversation is shown. */
export function emptyChat(model: ModelStatus, settings: SettingsState): ChatState {
	return {
		chatId: "",
		title: "",
		turns: [],
		versions: {},
		queued: undefined,
		access: { kind: "loading" },
		notices: [],
		visibleFrom: undefined,
		attachments: [],
		codeSource: { name: undefined, isReading: false },
		refusal: undefined,
		undoable: undefined,
		model,
		contextUse: undefined,
		settings,
	};
}

/**
 * What views show. It changes by facts only, and every view hears of every fact.
 *
 * Listeners never publish: a fact inside a fact would reach later listeners out of order.
 */
export class ChatStore {
	#state: ChatState;
	readonly #published = new Emitter<ChatFact>();

	constructor(initial: ChatState) {
		this.#state = initial;
	}

	get state(): ChatState {
		return this.#state;
	}

	/** Calls the listener after `state` has taken the fact in. */
	readonly onDidPublish = this.#published.event;

	/** @throws {Error} if the fact does not fit the state, which is a bug in whoever publishes it. */
	publish(fact: ChatFact): void {
		const next = applyFact(this.#state, fact);
		if (!next) {
			throw new Error(`The fact ${fact.type} does not fit the conversation.`);
		}
		this.#state = next;
		this.#published.fire(fact);
	}
}
