import type { ChatId } from "../../protocol/chat/ids";
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { describeError, type Log } from "../base/log";

/** The pause in typing after which the search begins, in milliseconds. */
export const typingPauseMs = 200;
/** The shortest time between two updates of the hits, in milliseconds. */
export const tellingPauseMs = 100;
/** In UTF-16 units. A single letter would match nearly every chat. */
const shortestText = 2;

export interface TextSearchParts {
	readonly library: Pick<ChatLibrary, "search">;
	readonly clock: Clock;
	readonly log: Log;
	/** Called after `excerpts` or `isBusy` changed. */
	readonly onChange: () => void;
}

/** Searches the messages of all chats while the user types. */
export class TextSearch implements Disposable {
	readonly #parts: TextSearchParts;
	readonly #excerpts = new Map<ChatId, string>();
	#text = "";
	#typing: Disposable | undefined;
	#telling: Disposable | undefined;
	#searching: AbortController | undefined;

	constructor(parts: TextSearchParts) {
		this.#parts = parts;
	}

	/** The words around the first match in each chat found so far. */
	get excerpts(): ReadonlyMap<ChatId, string> {
		return this.#excerpts;
	}

	/** The search text, trimmed; empty if it is too short to search for. */
	get text(): string {
		return this.#text.length < shortestText ? "" : this.#text;
	}

	get isBusy(): boolean {
		return this.#typing !== undefined || this.#searching !== undefined;
	}

	/** Searches for another text from now on. Ends the search if the text is too short. */
	lookFor(text: string): void {
		const wanted = text.trim();
		if (wanted === this.#text) {
			return;
		}
		this.#end();
		this.#text = wanted;
		for (const [id, excerpt] of this.#excerpts) {
			// Hits whose excerpts match the new text, too, stay until the new search reaches them.
			if (wanted.length < shortestText || !includes(excerpt, wanted)) {
				this.#excerpts.delete(id);
			}
		}
		if (wanted.length >= shortestText) {
			this.#typing = this.#parts.clock.after(typingPauseMs, () => {
				this.#typing = undefined;
				void this.#search(wanted);
			});
		}
		this.#parts.onChange();
	}

	dispose(): void {
		this.#end();
	}

	#end(): void {
		this.#typing?.dispose();
		this.#typing = undefined;
		this.#telling?.dispose();
		this.#telling = undefined;
		this.#searching?.abort();
		this.#searching = undefined;
	}

	/** Never rejects. */
	async #search(text: string): Promise<void> {
		const { library, log } = this.#parts;
		const searching = new AbortController();
		const { signal } = searching;
		this.#searching = searching;
		const found = new Set<ChatId>();
		try {
			await library.search(
				text,
				({ id, excerpt }) => {
					if (!signal.aborted && !found.has(id)) {
						found.add(id);
						this.#excerpts.set(id, excerpt);
						this.#tellSoon();
					}
				},
				signal,
			);
		} catch (error) {
			log.warn(`the search ended early: ${describeError(error)}`);
		}
		if (!signal.aborted) {
			this.#end();
			this.#parts.onChange();
		}
	}

	#tellSoon(): void {
		this.#telling ??= this.#parts.clock.after(tellingPauseMs, () => {
			this.#telling = undefined;
			this.#parts.onChange();
		});
	}
}

function includes(excerpt: string, text: string): boolean {
	return excerpt.toLowerCase().includes(text.toLowerCase());
}
