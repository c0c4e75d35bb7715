import type { Unsubscribe } from "../state/hostPort";

/** How near the end, in CSS pixels, scrolling down must come to hold on to it. */
const reachPx = 24;

/** Keys that scroll a focused log upwards. */
const upwardKeys: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/**
 * Keeps a growing log at its end while the reader is there.
 *
 * Invariant: only the reader's own scrolling up lets go, and only being at the end takes hold again: by scrolling, by
 * `jumpToEnd`, or because content went away until there is nothing below. Growth, however fast, does neither.
 */
export class ScrollAnchor {
	readonly #scroller: HTMLElement;
	readonly #changed: (followsEnd: boolean) => void;
	readonly #stops: Unsubscribe[] = [];
	#followsEnd = true;
	#lastTopPx = 0;
	/** How far the log could be scrolled when its size was last looked at. */
	#lastRangePx = 0;

	/**
	 * @param scroller the element that scrolls
	 * @param content what grows inside it
	 * @param changed hears whether the log now follows its end
	 */
	constructor(scroller: HTMLElement, content: HTMLElement, changed: (followsEnd: boolean) => void) {
		this.#scroller = scroller;
		this.#changed = changed;
		this.#lastTopPx = scroller.scrollTop;
		this.#holdEnd();
		this.#listen("scroll", () => {
			this.#scrolled();
		});
		// A wheel or key that goes up lets go before the first pixel has moved: otherwise the next growth,
		// a frame later, would take the reader back.
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

	/** Whether the reader is at the end and stays there. */
	get followsEnd(): boolean {
		return this.#followsEnd;
	}

	/** The log or what is in it changed its size. */
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

	/** Lets go of the end, as the reader's own scrolling up does; where nothing is out of sight, there is no other place. */
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

	/** How far the log can be scrolled, in CSS pixels. */
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
			// Content that shrank moves the log up too, and leaves it at its end.
			this.#set(distancePx <= 1);
		} else if (distancePx <= reachPx && scrollTop > 0) {
			this.#set(true);
		}
	}

	/**
	 * At its end the log is kept there by us alone. The browser would keep what is in sight in its place while
	 * messages above get their real heights, and go up for that as a reader does.
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
