import * as v from "valibot";
import type { ChatEvent } from "../../protocol/chat/chatEvent";
import { chatIntentSchema, type ChatIntent } from "../../protocol/chat/chatIntent";
import type { ChatStore } from "../chat/chatStore";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { Log } from "../base/log";
import { RateLimit } from "../base/rateLimit";
import type { UnsentKeeper } from "./unsentKeeper";

/** More than a user causes, even while holding down a key. A page that sends more intents is misbehaving. */
const intentsPerSecond = 100;
/** Log lines that one page may cause per second. */
const linesPerSecond = 100;

/** A page and the one that replaces it each ask once. */
const snapshotsAtOnce = 2;

/** The part of VS Code's `Webview` that the channel needs. */
export interface ChannelPage {
	postMessage(message: ChatEvent): Thenable<boolean>;
	onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
}

/** Intents that do not concern the channel itself. */
export type UserIntent = Exclude<
	ChatIntent,
	{ readonly type: "ready" | "resync" | "focusMoved" | "keepUnsent" }
>;

export interface ViewChannelParts {
	readonly page: ChannelPage;
	readonly store: ChatStore;
	readonly unsent: UnsentKeeper;
	/** Called when the page gains or loses the keyboard focus. */
	readonly onFocusMoved: (hasFocus: boolean) => void;
	readonly onIntent: (intent: UserIntent) => void;
	readonly log: Log;
}

/**
 * Posts the facts of the chat to one view, and receives the view's intents.
 *
 * A page is live from its `ready` until it is hidden. Nothing is queued for a page that is not live, because the
 * snapshot that answers `ready` contains everything. A gap in the revisions reveals a lost fact, and a snapshot repairs
 * it too.
 */
export class ViewChannel implements Disposable {
	readonly #parts: ViewChannelParts;
	readonly #owned = new DisposableStore();
	#revision = 0;
	#live = false;
	#settleLive: () => void = () => undefined;
	#focusWhenReady = false;
	/** How many snapshots were requested in this turn of the event loop. */
	#asked = 0;
	readonly #intentLimit = new RateLimit(intentsPerSecond);
	readonly #lineLimit = new RateLimit(linesPerSecond);

	constructor(parts: ViewChannelParts) {
		this.#parts = parts;
		this.whenLive = new Promise((resolve) => {
			this.#settleLive = resolve;
		});
		const { page, store } = parts;
		this.#owned.own(
			page.onDidReceiveMessage((message) => {
				this.#receive(message);
			}),
		);
		this.#owned.own(
			store.onDidPublish((fact) => {
				if (this.#live) {
					this.#revision += 1;
					this.#post({ type: "fact", revision: this.#revision, fact });
				}
			}),
		);
	}

	/** Settles when a page listens for the first time, or when none ever will. */
	readonly whenLive: Promise<void>;

	/** Whether a page is listening. */
	get isLive(): boolean {
		return this.#live;
	}

	/** Called when the page is hidden. VS Code then destroys it; the next page sends `ready`. */
	pause(): void {
		this.#live = false;
		this.#asked = 0;
		this.#parts.onFocusMoved(false);
	}

	/**
	 * Focuses the composer, now or when the page is ready. The request is also posted at once: VS Code queues messages
	 * for a page that is loading, and delivers them before the page's `ready` and its answer make their round trip.
	 */
	focusComposer(): void {
		this.#focusWhenReady = !this.#live;
		this.#post({ type: "focusRequested" });
	}

	/** Shows a sentence in the view. Returns whether there is a page that can show it. */
	tell(sentence: string): boolean {
		if (this.#live) {
			this.#post({ type: "told", sentence });
		}
		return this.#live;
	}

	dispose(): void {
		this.pause();
		this.#settleLive();
		this.#owned.dispose();
	}

	#receive(message: unknown): void {
		const { onIntent } = this.#parts;
		const parsed = v.safeParse(chatIntentSchema, message);
		if (!parsed.success) {
			const paths = parsed.issues.map((issue) => v.getDotPath(issue) ?? "message");
			this.#note(
				"warn",
				`dropped a malformed message of the view: ${[...new Set(paths)].join(", ")}`,
			);
			return;
		}
		const intent = parsed.output;
		this.#note("debug", `intent ${intent.type}`);
		if (intent.type === "ready" || intent.type === "resync") {
			if (intent.type === "resync") {
				this.#note("warn", `a view lost an event after revision ${intent.haveRevision}`);
			}
			this.#askedForSnapshot();
			return;
		}
		if (intent.type === "focusMoved") {
			this.#parts.onFocusMoved(intent.hasFocus);
			return;
		}
		if (intent.type === "keepUnsent") {
			this.#parts.unsent.set(intent.unsent);
			return;
		}
		// A draft changes as fast as keys repeat, and its receivers use only the latest text.
		if (intent.type === "draftTyped" || this.#intentLimit.allows()) {
			onIntent(intent);
		} else {
			this.#note("warn", `dropped ${intent.type}: too many intents at a time`);
		}
	}

	#note(level: "warn" | "debug", line: string): void {
		if (this.#lineLimit.allows()) {
			this.#parts.log[level](line);
		}
	}

	/**
	 * Answers the first requests in a turn of the event loop at once, and all others with one snapshot in the next
	 * turn.
	 */
	#askedForSnapshot(): void {
		this.#asked += 1;
		if (this.#asked === 1) {
			setImmediate(() => {
				const isOwed = this.#asked > snapshotsAtOnce;
				this.#asked = 0;
				if (isOwed) {
					this.#sendSnapshot();
				}
			});
		}
		if (this.#asked <= snapshotsAtOnce) {
			this.#sendSnapshot();
		}
	}

	#sendSnapshot(): void {
		this.#live = true;
		this.#settleLive();
		this.#revision += 1;
		this.#post({
			type: "snapshot",
			revision: this.#revision,
			chat: this.#parts.store.state,
			unsent: this.#parts.unsent.get(),
		});
		if (this.#focusWhenReady) {
			this.#focusWhenReady = false;
			this.#post({ type: "focusRequested" });
		}
	}

	#post(event: ChatEvent): void {
		const { page, log } = this.#parts;
		// An undelivered message is not sent again: the page notices the gap in the revisions and asks for a snapshot.
		page.postMessage(event).then(
			(delivered) => {
				if (!delivered) {
					log.debug(`${event.type} was not delivered`);
				}
			},
			(error: unknown) => {
				log.warn(`${event.type} could not be posted: ${String(error)}`);
			},
		);
	}
}
