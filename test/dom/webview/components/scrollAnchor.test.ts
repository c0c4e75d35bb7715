import assert from "node:assert/strict";
import { ScrollAnchor } from "../../../../src/webview/scroll/scrollAnchor";

/** A log with 100 visible pixels, whose content height the test chooses. */
class Log {
	readonly element = document.createElement("div");
	readonly anchor: ScrollAnchor;
	readonly heard: boolean[] = [];
	#contentPx = 300;
	#topPx = 0;

	constructor() {
		Object.defineProperties(this.element, {
			clientHeight: { value: 100 },
			scrollHeight: { get: () => this.#contentPx },
			scrollTop: {
				get: () => this.#topPx,
				set: (px: number) => {
					this.#topPx = Math.max(0, Math.min(px, this.#contentPx - 100));
				},
			},
		});
		const content = document.createElement("div");
		this.anchor = new ScrollAnchor(this.element, content, (follows) => this.heard.push(follows));
		this.anchor.contentChanged();
	}

	get topPx(): number {
		return this.#topPx;
	}

	/** Changes the height without notifying observers. The scroll position stays within the new range. */
	changeUnnoticedTo(contentPx: number): void {
		this.#contentPx = contentPx;
		this.element.scrollTop = this.#topPx;
	}

	growTo(contentPx: number): void {
		this.changeUnnoticedTo(contentPx);
		this.anchor.contentChanged();
	}

	scrollTo(topPx: number): void {
		this.element.scrollTop = topPx;
		this.element.dispatchEvent(new Event("scroll"));
	}
}

describe("ScrollAnchor", () => {
	it("stays at the end while the content grows", () => {
		const log = new Log();
		assert.equal(log.topPx, 200);
		log.growTo(450);
		assert.equal(log.topPx, 350);
		assert.deepEqual(log.heard, []);
	});

	it("lets go when the reader scrolls up, however little, and stays there", () => {
		const log = new Log();
		log.scrollTo(190);
		log.growTo(450);
		assert.equal(log.topPx, 190);
		assert.deepEqual(log.heard, [false]);
	});

	it("lets go at the first turn of the wheel, before anything has moved", () => {
		const log = new Log();
		log.element.dispatchEvent(new WheelEvent("wheel", { deltaY: -1 }));
		log.growTo(450);
		assert.equal(log.topPx, 200);
	});

	it("holds on when the wheel turns downward", () => {
		const log = new Log();
		log.element.dispatchEvent(new WheelEvent("wheel", { deltaY: 1 }));
		assert.deepEqual(log.heard, []);
	});

	it("takes hold again when the reader returns to the end", () => {
		const log = new Log();
		log.scrollTo(100);
		log.scrollTo(150);
		assert.equal(log.anchor.followsEnd, false);
		log.scrollTo(190);
		log.growTo(450);
		assert.equal(log.topPx, 350);
		assert.deepEqual(log.heard, [false, true]);
	});

	it("jumps to the latest and follows it", () => {
		const log = new Log();
		log.scrollTo(0);
		log.anchor.jumpToEnd();
		assert.equal(log.topPx, 200);
		log.growTo(450);
		assert.equal(log.topPx, 350);
	});

	it("keeps hold when the content shrinks", () => {
		const log = new Log();
		log.changeUnnoticedTo(250);
		log.element.dispatchEvent(new Event("scroll"));
		assert.equal(log.anchor.followsEnd, true);
		log.growTo(450);
		assert.equal(log.topPx, 350);
	});

	for (const [what, topPx, contentPx] of [
		["fits into the log", 0, 80],
		["is as tall as the log", 0, 100],
		["ends where the reader is", 50, 150],
		["ends above where the reader was", 150, 160],
	] as const) {
		it(`takes hold again when the content becomes so short that it ${what}`, () => {
			const log = new Log();
			log.scrollTo(topPx);
			assert.equal(log.anchor.followsEnd, false);
			log.growTo(contentPx);
			assert.equal(log.anchor.followsEnd, true);
			log.growTo(450);
			assert.equal(log.topPx, 350);
		});
	}

	it("keeps the reader's position while content below disappears, as long as some remains", () => {
		const log = new Log();
		log.scrollTo(50);
		log.growTo(200);
		assert.equal(log.anchor.followsEnd, false);
		assert.equal(log.topPx, 50);
	});

	it("does not let go of the end of a log that shows all of its content", () => {
		const log = new Log();
		log.growTo(90);
		log.anchor.release();
		assert.equal(log.anchor.followsEnd, true);
	});

	it("does not let go on a scroll event that arrives after the content has grown further", () => {
		const log = new Log();
		log.growTo(450);
		log.changeUnnoticedTo(600);
		log.element.dispatchEvent(new Event("scroll"));
		assert.equal(log.anchor.followsEnd, true);
	});

	it("stops listening once it is disposed", () => {
		const log = new Log();
		log.anchor.dispose();
		log.scrollTo(0);
		assert.deepEqual(log.heard, []);
	});
});
