import type { ChatId } from "../../protocol/chat/ids";
import type { Clock } from "../base/clock";
import type { ChatLibrary } from "../conversation/chatLibrary";
import type { Disposable } from "../base/disposableStore";
import { describeError, type Log } from "../base/log";

/** How long a person does not type before the text of conversations is searched, in milliseconds. */
export const typingPauseMs = 200;
/** Hits are told together, so often at most. */
export const tellingPauseMs = 100;
/** A letter alone is nearly everywhere. */
const shortestText = 2;

export interface TextSearchParts {
	readonly library: Pick<ChatLibrary, "search">;
	readonly clock: Clock;
	readonly log: Log;
	/** Hears that `excerpts` or `isBusy` is another. */
	readonly onChange: () => void;
}

/** Looks for what a person types in all that was said, while it is being typed. */
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

	/** The words around the first place in each conversation found so far. */
	get excerpts(): ReadonlyMap<ChatId, string> {
		return this.#excerpts;
	}

	/** What is searched for, trimmed; empty if it is too short to be searched for. */
	get text(): string {
		return this.#text.length < shortestText ? "" : this.#text;
	}

	get isBusy(): boolean {
		return this.#typing !== undefined || this.#searching !== undefined;
	}

	/** Looks for another text, in place of the one before; for none, if it is too short. */
	lookFor(text: string): void {
		const wanted = text.trim();
		if (wanted === this.#text) {
			return;
		}
		this.#end();
		this.#text = wanted;
		for (const [id, excerpt] of this.#excerpts) {
			// What is found by a longer text, too, stays while it is found again.
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
