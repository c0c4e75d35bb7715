/** What a page did that it must not do, as far as it shows inside. */
export interface Harm {
	/** Scripts of the model that ran. */
	readonly ran: number;
	/** What the page's policy had to stop: the sanitiser should have. */
	readonly violations: readonly string[];
	/** What clicks reported but a link that may be opened, or a press of our own buttons. */
	readonly reports: readonly string[];
	/** What was changed outside the place for answers. */
	readonly outside: readonly string[];
}

/** Sees from inside what becomes of a page in which hostile texts are drawn in elements of the class "host". */
export class PageWatch {
	readonly #requestFrame = requestAnimationFrame.bind(window);
	readonly #violations: string[] = [];
	readonly #reports: string[] = [];
	/** Tasks that come at once, which timers do not. */
	readonly #tasks = new MessageChannel();
	readonly #whenRested: (() => void)[] = [];
	#ran = 0;
	#before = "";

	constructor() {
		this.#tasks.port1.onmessage = () => {
			this.#whenRested.shift()?.();
		};
		Object.assign(window, { pwned: () => (this.#ran += 1) });
		document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
			this.#violations.push(`${effectiveDirective} ${blockedURI}`);
		});
		for (const type of ["open-link", "copy-text", "insert-code"]) {
			document.addEventListener(type, (event) => {
				this.#report(event as CustomEvent<Readonly<Record<string, unknown>>>);
			});
		}
		this.#before = surroundings();
	}

	/** Clicks every element below `host`, and presses Enter in it. */
	clickAll(host: Element): void {
		for (const element of host.querySelectorAll<HTMLElement>("*")) {
			element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
			element.dispatchEvent(
				new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
			);
		}
	}

	/** Lets tasks run that are due. */
	rest(): Promise<void> {
		return new Promise((resolve) => {
			this.#whenRested.push(resolve);
			this.#tasks.port2.postMessage(undefined);
		});
	}

	/**
	 * @returns what happened since the last call, once everything that was set off has had its turn: frames, in which
	 * animations begin, and a load, which is asked for after all others.
	 */
	async end(): Promise<Harm> {
		await this.#frame();
		await this.#frame();
		await new Promise((resolve) => {
			const probe = new Image();
			probe.onload = probe.onerror = resolve;
			probe.src = "/probe.png";
		});
		await this.rest();
		const outside = surroundings();
		const harm: Harm = {
			ran: this.#ran,
			violations: this.#violations.splice(0),
			reports: this.#reports.splice(0),
			outside: outside === this.#before ? [] : [outside],
		};
		this.#ran = 0;
		this.#before = outside;
		return harm;
	}

	#frame(): Promise<number> {
		return new Promise((resolve) => this.#requestFrame(resolve));
	}

	#report({ type, detail }: CustomEvent<Readonly<Record<string, unknown>>>): void {
		const [name, value] = Object.entries(detail)[0] ?? [];
		const isExpected =
			Object.keys(detail).length === 1 &&
			typeof value === "string" &&
			(type === "open-link" ? name === "url" && /^https?:\/\//.test(value) : name === "text");
		if (!isExpected) {
			this.#reports.push(`${type} ${JSON.stringify(detail)}`);
		}
	}
}

/** The page without the places for answers, and without a chat view. */
function surroundings(): string {
	const page = document.documentElement.cloneNode(true) as Element;
	for (const host of page.querySelectorAll(".host, chat-app")) {
		host.remove();
	}
	return `${page.outerHTML} ${document.title} ${location.href}`.replace(/\s/g, "");
}
