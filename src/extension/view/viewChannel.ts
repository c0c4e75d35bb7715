import * as v from "valibot";
import type { ChatEvent } from "../../protocol/chat/chatEvent";
import { chatIntentSchema, type ChatIntent } from "../../protocol/chat/chatIntent";
import type { ChatStore } from "../chat/chatStore";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { Log } from "../base/log";
import { RateLimit } from "../base/rateLimit";
import type { UnsentKeeper } from "./unsentKeeper";

/** More than a person does in a second, with keys held down. What a page says beyond it, it says by itself. */
const intentsPerSecond = 100;
/** Lines of the log that one page may cause in a second. */
const linesPerSecond = 100;

/** A page that is replaced by the next one asks once, and so does that. */
const snapshotsAtOnce = 2;

/** What the channel needs of a page; VS Code's `Webview` is one. */
export interface ChannelPage {
	postMessage(message: ChatEvent): Thenable<boolean>;
	onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
}

/** Intents that are not about the channel itself. */
export type UserIntent = Exclude<
	ChatIntent,
	{ readonly type: "ready" | "resync" | "focusMoved" | "keepUnsent" }
>;

export interface ViewChannelParts {
	readonly page: ChannelPage;
	readonly store: ChatStore;
	readonly unsent: UnsentKeeper;
	/** The page got the keyboard's focus or lost it. */
	readonly onFocusMoved: (hasFocus: boolean) => void;
	readonly onIntent: (intent: UserIntent) => void;
	readonly log: Log;
}

/**
 * Posts the facts of the conversation to one view and hears what is done in it.
 *
 * A page is live from its `ready` until it is hidden. Nothing is kept for a page that is not: the snapshot
 * that answers `ready` holds everything. A lost fact is found by its revision and mended by a snapshot, too.
 */
export class ViewChannel implements Disposable {
	readonly #parts: ViewChannelParts;
	readonly #owned = new DisposableStore();
	#revision = 0;
	#live = false;
	#settleLive: () => void = () => undefined;
	#focusWhenReady = false;
	/** How often a page asked for a snapshot in this turn of the loop. */
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

	/** Settles when a page listened for the first time, or none will any more. */
	readonly whenLive: Promise<void>;

	/** Whether a page listens. */
	get isLive(): boolean {
		return this.#live;
	}

	/** The page was hidden, which destroys it; the next one will say `ready`. */
	pause(): void {
		this.#live = false;
		this.#asked = 0;
		this.#parts.onFocusMoved(false);
	}

	/**
	 * Puts the keyboard focus into the composer, at the latest when the page is ready. VS Code hands a page that it
	 * still loads what was posted to it meanwhile, before the page's `ready` has come here and its answer there.
	 */
	focusComposer(): void {
		this.#focusWhenReady = !this.#live;
		this.#post({ type: "focusRequested" });
	}

	/** Shows a sentence in the view. @returns whether there is a page that can show it. */
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
		// A draft is typed as fast as keys repeat; whoever hears of it looks at the last one only.
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

	/** The first ones in a turn of the loop are answered at once, all others by one snapshot in the next turn. */
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
		// A message that does not arrive needs no second try: the gap in the revisions calls for a snapshot.
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
