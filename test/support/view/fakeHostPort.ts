import type { ChatState } from "../../../src/protocol/chat/chat";
import type { ChatEvent, ChatFact } from "../../../src/protocol/chat/chatEvent";
import type { ChatIntent } from "../../../src/protocol/chat/chatIntent";
import type { UnsentText } from "../../../src/protocol/chat/unsentText";
import type { HostPort, Unsubscribe } from "../../../src/webview/state/hostPort";
import { emptyViewState, type ViewState } from "../../../src/webview/state/viewState";

/** Replaces the host: records what the view sends and keeps, and sends what a test wants. */
export class FakeHostPort implements HostPort {
	readonly sent: ChatIntent[] = [];
	readonly #listeners = new Set<(event: ChatEvent) => void>();
	#state: ViewState;
	#revision = 0;

	/** @param state what an earlier page of the view left */
	constructor(state: ViewState = emptyViewState) {
		this.#state = state;
	}

	send(intent: ChatIntent): void {
		this.sent.push(intent);
	}

	onDidReceive(listener: (event: ChatEvent) => void): Unsubscribe {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	readState(): ViewState {
		return this.#state;
	}

	writeState(state: ViewState): void {
		this.#state = state;
	}

	/** Sends an event to the view. */
	emit(event: ChatEvent): void {
		for (const listener of [...this.#listeners]) {
			listener(event);
		}
	}

	/** @param unsent text typed in the view that the host kept */
	snapshot(chat: ChatState, unsent?: UnsentText): void {
		this.emit({ type: "snapshot", revision: this.#revision, chat, unsent });
	}

	/** Publishes facts in order. */
	publish(...facts: readonly ChatFact[]): void {
		for (const fact of facts) {
			this.#revision += 1;
			this.emit({ type: "fact", revision: this.#revision, fact });
		}
	}

	/** Counts a fact that never reaches the view. */
	lose(): void {
		this.#revision += 1;
	}

	/** Returns the intents of one type, in order. */
	sentOf<T extends ChatIntent["type"]>(type: T): readonly Extract<ChatIntent, { type: T }>[] {
		return this.sent.filter(
			(intent): intent is Extract<ChatIntent, { type: T }> => intent.type === type,
		);
	}
}
