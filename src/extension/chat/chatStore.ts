import type { ChatState, SettingsState } from "../../protocol/chat/chat";
import type { ChatFact } from "../../protocol/chat/chatEvent";
import type { ModelStatus } from "../../protocol/inference/model";
import { applyFact } from "../../protocol/chat/replica";
import { Emitter } from "../base/emitter";

/** Returns the state before any chat is shown. */
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
 * The state that views show. Only facts change it, and every view receives every fact.
 *
 * Listeners must not publish: later listeners would receive the nested fact first.
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

	/** Calls the listener after `state` contains the fact. */
	readonly onDidPublish = this.#published.event;

	/** Applies and publishes a fact. @throws {Error} if the fact does not fit the state, which is a bug in the caller */
	publish(fact: ChatFact): void {
		const next = applyFact(this.#state, fact);
		if (!next) {
			throw new Error(`The fact ${fact.type} does not fit the conversation.`);
		}
		this.#state = next;
		this.#published.fire(fact);
	}
}
