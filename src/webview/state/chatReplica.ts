import type { ChatState } from "../../protocol/chat/chat";
import type { ChatEvent } from "../../protocol/chat/chatEvent";
import { applyEvent, type Replica } from "../../protocol/chat/replica";
import type { UnsentText } from "../../protocol/chat/unsentText";
import type { HostPort, Unsubscribe } from "./hostPort";

/** While a snapshot is requested, further gaps are ignored. After this time, it is requested again. */
const resyncPatienceMs = 5000;

/**
 * This page's copy of the conversation.
 *
 * It requests a snapshot at the start and whenever an event was lost, and otherwise applies events.
 */
export class ChatReplica {
	readonly #port: HostPort;
	readonly #nowMs: () => number;
	readonly #chatListeners = new Set<(chat: ChatState) => void>();
	readonly #unsentListeners = new Set<(draft: UnsentText | undefined) => void>();
	readonly #focusListeners = new Set<() => void>();
	readonly #toldListeners = new Set<(sentence: string) => void>();
	readonly #stopReceiving: Unsubscribe;
	#replica: Replica | undefined;
	/** When the missing snapshot was requested. */
	#askedAtMs: number | undefined;

	/** @param nowMs a monotonic clock, in milliseconds */
	constructor(port: HostPort, nowMs: () => number) {
		this.#port = port;
		this.#nowMs = nowMs;
		this.#stopReceiving = port.onDidReceive((event) => {
			this.#receive(event);
		});
		this.#askedAtMs = nowMs();
		port.send({ type: "ready" });
	}

	/** `undefined` until the first snapshot arrives. */
	get chat(): ChatState | undefined {
		return this.#replica?.chat;
	}

	/** Is called with every new state. The result ends the subscription. */
	onDidChange(listener: (chat: ChatState) => void): Unsubscribe {
		this.#chatListeners.add(listener);
		return () => this.#chatListeners.delete(listener);
	}

	/** Is called with every snapshot's unsent text of this view, before the new state is published. */
	onDidReceiveUnsent(listener: (draft: UnsentText | undefined) => void): Unsubscribe {
		this.#unsentListeners.add(listener);
		return () => this.#unsentListeners.delete(listener);
	}

	/** Called when the host requests the focus in the composer. */
	onDidRequestFocus(listener: () => void): Unsubscribe {
		this.#focusListeners.add(listener);
		return () => this.#focusListeners.delete(listener);
	}

	/** Called when the host reports why an action of this view failed. */
	onDidTell(listener: (sentence: string) => void): Unsubscribe {
		this.#toldListeners.add(listener);
		return () => this.#toldListeners.delete(listener);
	}

	dispose(): void {
		this.#stopReceiving();
		this.#chatListeners.clear();
		this.#unsentListeners.clear();
		this.#focusListeners.clear();
		this.#toldListeners.clear();
	}

	#receive(event: ChatEvent): void {
		if (event.type === "focusRequested") {
			for (const listener of [...this.#focusListeners]) {
				listener();
			}
			return;
		}
		if (event.type === "told") {
			for (const listener of [...this.#toldListeners]) {
				listener(event.sentence);
			}
			return;
		}
		const applied = applyEvent(this.#replica, event);
		if (applied.kind === "gap") {
			this.#resync();
		} else if (applied.kind === "applied") {
			if (event.type === "snapshot") {
				this.#askedAtMs = undefined;
			}
			this.#replica = applied.replica;
			if (event.type === "snapshot") {
				for (const listener of [...this.#unsentListeners]) {
					listener(event.unsent);
				}
			}
			for (const listener of [...this.#chatListeners]) {
				listener(applied.replica.chat);
			}
		}
	}

	#resync(): void {
		const nowMs = this.#nowMs();
		if (this.#askedAtMs === undefined || nowMs - this.#askedAtMs >= resyncPatienceMs) {
			this.#askedAtMs = nowMs;
			this.#port.send({ type: "resync", haveRevision: this.#replica?.revision ?? -1 });
		}
	}
}
