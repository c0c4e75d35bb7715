import { MarkdownStream } from "../../src/webview/markdown/markdownStream";

/** What the page did that it must not do. */
export interface Misdeeds {
	/** Scripts of the model that ran. */
	readonly ran: number;
	/** What the page's policy had to stop. */
	readonly violations: readonly string[];
	/** Elements and attributes that are neither ours nor allowed. */
	readonly foreign: readonly string[];
}

const frames: FrameRequestCallback[] = [];
let ran = 0;
const violations: string[] = [];

/** The part of a browser test that runs in the page. Frames come when `runFrames` is called. */
export const markdownPage = {
	/** @returns an element in the page with a stream, both named by the index. */
	streams: [] as { readonly host: HTMLElement; readonly stream: MarkdownStream }[],

	open(): number {
		const host = document.createElement("div");
		document.body.append(host);
		return this.streams.push({ host, stream: new MarkdownStream(host) }) - 1;
	},

	runFrames(): void {
		for (const frame of frames.splice(0)) {
			frame(performance.now());
		}
	},

	append(index: number, slices: readonly string[]): void {
		for (const slice of slices) {
			this.streams[index]?.stream.append(slice);
			this.runFrames();
		}
	},

	end(index: number): string {
		this.streams[index]?.stream.end();
		return this.html(index);
	},

	html(index: number): string {
		return this.streams[index]?.host.innerHTML ?? "";
	},

	text(index: number): string {
		return this.streams[index]?.host.textContent ?? "";
	},

	/** @returns the HTML that `slices` end as, drawn after each of them. */
	render(slices: readonly string[]): string {
		const index = this.open();
		this.append(index, slices);
		return this.end(index);
	},

	close(): void {
		for (const { host, stream } of this.streams.splice(0)) {
			stream.dispose();
			host.remove();
		}
	},

	misdeeds(): Misdeeds {
		const hosts = this.streams.map(({ host }) => host);
		return { ran, violations, foreign: hosts.flatMap((host) => foreignIn(host)) };
	},
};

const elements = new Set(
	(
		"a abbr b bdi bdo blockquote br button caption cite code dd del details dfn div dl dt em figcaption figure " +
		"h1 h2 h3 h4 h5 h6 hr i input ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup " +
		"table tbody td tfoot th thead time tr u ul var wbr"
	).split(" "),
);
const attributes = new Set(
	(
		"align aria-hidden aria-label checked class colspan data-action data-href data-language datetime dir " +
		"disabled open reversed role rowspan start tabindex title type value"
	).split(" "),
);

function foreignIn(host: HTMLElement): string[] {
	return [...host.querySelectorAll("*")].flatMap((element) => {
		const { localName, namespaceURI } = element;
		const found = [...element.attributes]
			.filter(({ name, value }) => !attributes.has(name) || !isOurs(element, name, value))
			.map(({ name, value }) => `${localName}[${name}=${value}]`);
		if (!elements.has(localName) || namespaceURI !== "http://www.w3.org/1999/xhtml") {
			found.push(localName);
		}
		if (localName === "input" && !element.matches(".md-task[type=checkbox][disabled]")) {
			found.push("input that is no task");
		}
		if (localName === "button" && !element.matches(".md-code-bar > .md-code-button")) {
			found.push("button that is not ours");
		}
		return found;
	});
}

function isOurs(element: Element, name: string, value: string): boolean {
	switch (name) {
		case "class":
			return /^(?:(?:md|codicon|hljs)\S*\s?|\w+_\s?)+$/.test(value);
		case "data-href":
			return element.localName === "a" && /^https?:\/\//.test(value);
		case "role":
			return value === "link" || value === "group";
		default:
			return true;
	}
}

Object.assign(window, {
	markdownPage,
	pwned: () => ran++,
	requestAnimationFrame: (callback: FrameRequestCallback) => frames.push(callback),
	cancelAnimationFrame: () => frames.splice(0),
});
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
	violations.push(`${violatedDirective} ${blockedURI}`);
});
