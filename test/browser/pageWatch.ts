/** The forbidden actions of a page, as far as they are visible from inside. */
export interface Harm {
	/** The number of the model's scripts that ran. */
	readonly ran: number;
	/** What the page's policy stopped, although the sanitizer should have. */
	readonly violations: readonly string[];
	/** The events that clicks caused, except for allowed links and our own buttons. */
	readonly reports: readonly string[];
	/** The changes outside the elements for answers. */
	readonly outside: readonly string[];
}

/** Watches a page from inside while hostile texts are drawn in elements of the class "host". */
export class PageWatch {
	readonly #requestFrame = requestAnimationFrame.bind(window);
	readonly #violations: string[] = [];
	readonly #reports: string[] = [];
	/** Runs tasks without the delay of timers. */
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

	/** Lets pending tasks run. */
	rest(): Promise<void> {
		return new Promise((resolve) => {
			this.#whenRested.push(resolve);
			this.#tasks.port2.postMessage(undefined);
		});
	}

	/**
	 * Returns what happened since the last call. Waits for everything that was started: for frames, in which animations
	 * begin, and for a load that is requested after all others.
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

/** Returns the page's HTML without the elements for answers and without a chat view. */
function surroundings(): string {
	const page = document.documentElement.cloneNode(true) as Element;
	for (const host of page.querySelectorAll(".host, chat-app")) {
		host.remove();
	}
	return `${page.outerHTML} ${document.title} ${location.href}`.replace(/\s/g, "");
}
