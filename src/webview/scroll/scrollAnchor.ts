import type { Unsubscribe } from "../state/hostPort";

/** The distance from the end, in CSS pixels, at which scrolling down starts to follow the end. */
const reachPx = 24;

/** Keys that scroll a focused log up. */
const upwardKeys: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/**
 * Keeps a growing log at its end while the reader is there.
 *
 * Invariant: only scrolling up by the reader stops following. Following starts again only at the end: by scrolling, by
 * `jumpToEnd`, or because content was removed until nothing is below. Growth, however fast, does neither.
 */
export class ScrollAnchor {
	readonly #scroller: HTMLElement;
	readonly #changed: (followsEnd: boolean) => void;
	readonly #stops: Unsubscribe[] = [];
	#followsEnd = true;
	#lastTopPx = 0;
	/** The scrollable distance at the last measurement. */
	#lastRangePx = 0;

	/**
	 * @param scroller the element that scrolls
	 * @param content the growing element inside it
	 * @param changed is called when the log starts or stops following its end
	 */
	constructor(scroller: HTMLElement, content: HTMLElement, changed: (followsEnd: boolean) => void) {
		this.#scroller = scroller;
		this.#changed = changed;
		this.#lastTopPx = scroller.scrollTop;
		this.#holdEnd();
		this.#listen("scroll", () => {
			this.#scrolled();
		});
		// A wheel or key event that scrolls up stops following before the first pixel moves. Otherwise, the growth of the
		// next frame would move the reader back.
		this.#listen("wheel", (event) => {
			if (event.deltaY < 0) {
				this.#goUp();
			}
		});
		this.#listen("keydown", (event) => {
			if (event.target === scroller && upwardKeys.has(event.key)) {
				this.#goUp();
			}
		});
		const sizes = new ResizeObserver(() => {
			this.contentChanged();
		});
		sizes.observe(content);
		sizes.observe(scroller);
		this.#stops.push(() => {
			sizes.disconnect();
		});
	}

	/** Whether the log follows its end. */
	get followsEnd(): boolean {
		return this.#followsEnd;
	}

	/** Called when the log or its content changed size. */
	contentChanged(): void {
		const isShorter = this.#rangePx < this.#lastRangePx;
		this.#lastRangePx = this.#rangePx;
		if (isShorter && this.#distancePx <= 1) {
			this.#set(true);
		}
		if (this.#followsEnd) {
			this.#scroller.scrollTop = this.#scroller.scrollHeight;
			this.#lastTopPx = this.#scroller.scrollTop;
		}
	}

	jumpToEnd(): void {
		this.#set(true);
		this.contentChanged();
	}

	/** Stops following the end, as scrolling up does. Without anything out of sight, there is no other position. */
	release(): void {
		this.#set(this.#rangePx <= 0);
		this.#lastTopPx = this.#scroller.scrollTop;
	}

	dispose(): void {
		for (const stop of this.#stops.splice(0)) {
			stop();
		}
	}

	#listen<K extends "scroll" | "wheel" | "keydown">(
		type: K,
		listener: (event: HTMLElementEventMap[K]) => void,
	): void {
		this.#scroller.addEventListener(type, listener, { passive: true });
		this.#stops.push(() => {
			this.#scroller.removeEventListener(type, listener);
		});
	}

	/** The scrollable distance, in CSS pixels. */
	get #rangePx(): number {
		return this.#scroller.scrollHeight - this.#scroller.clientHeight;
	}

	get #distancePx(): number {
		return this.#rangePx - this.#scroller.scrollTop;
	}

	#goUp(): void {
		if (this.#scroller.scrollTop > 0) {
			this.#set(false);
		}
	}

	#scrolled(): void {
		const { scrollTop } = this.#scroller;
		const distancePx = this.#distancePx;
		const wentUp = scrollTop < this.#lastTopPx - 1;
		this.#lastTopPx = scrollTop;
		if (wentUp) {
			// Content that shrinks moves the log up, too, and leaves it at its end.
			this.#set(distancePx <= 1);
		} else if (distancePx <= reachPx && scrollTop > 0) {
			this.#set(true);
		}
	}

	/**
	 * At the end, only this class keeps the log there. The browser's scroll anchoring would keep the visible content in
	 * place while messages above get their real heights, and would scroll up for that like a reader.
	 */
	#holdEnd(): void {
		this.#scroller.style.overflowAnchor = this.#followsEnd ? "none" : "auto";
	}

	#set(followsEnd: boolean): void {
		if (followsEnd !== this.#followsEnd) {
			this.#followsEnd = followsEnd;
			this.#holdEnd();
			this.#changed(followsEnd);
		}
	}
}
