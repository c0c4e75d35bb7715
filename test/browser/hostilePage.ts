import { blockHtml } from "../../src/webview/markdown/blockHtml";
import { lexMarkdown } from "../../src/webview/markdown/lexMarkdown";
import { MarkdownStream } from "../../src/webview/markdown/markdownStream";
import { renderBlock } from "../../src/webview/markdown/renderBlock";
import { allowedMarkup } from "../support/markdown/allowedMarkup";
import type { HostileFragment } from "../support/hostile/hostileFragment";
import { foreignMarkup, ofAnyElement } from "./drawnMarkup";
import { type Harm, PageWatch } from "./pageWatch";

/** The result of drawing a class of fragments. */
export interface Examination extends Harm {
	/** The number of states of the page that were examined. */
	readonly looks: number;
	/** Forbidden elements and attributes, each with the text that produced them. */
	readonly foreign: readonly string[];
	/** Texts that are not legible where they should be. */
	readonly unreadable: readonly string[];
}

const frames: FrameRequestCallback[] = [];
const watch = new PageWatch();

/** The part of the test of hostile Markdown that runs in the page. Streams get their frames at once. */
export const hostilePage = {
	/** Draws each fragment as it grows character by character. */
	async examineStreams(fragments: readonly HostileFragment[]): Promise<Examination> {
		const look = new Look();
		for (const { text, shows } of fragments) {
			const streamed = open();
			for (let length = 1; length <= text.length; length += 1) {
				streamed.append(text.charAt(length - 1));
				look.at(streamed.host, text.slice(0, length));
			}
			streamed.end();
			look.keep(streamed.host, text);
			look.reads(streamed.host, text, shows);
			await watch.rest();
		}
		return look.end();
	},

	/** Draws each text as a whole. */
	async examineWholes(texts: readonly string[]): Promise<Examination> {
		const look = new Look();
		for (const text of texts) {
			look.keep(whole(text).host, text);
		}
		return look.end();
	},

	/** Draws each text with the second guard alone, as if the text were the HTML of the first guard. */
	async examineSanitiser(texts: readonly string[]): Promise<Examination> {
		const look = new Look(ofAnyElement);
		for (const text of texts) {
			const host = newHost();
			// DOMPurify returns nothing for a document without a body, such as a lone frameset.
			host.append(renderBlock(`Before.${text}`));
			look.keep(host, text);
		}
		return look.end();
	},

	/** Renders each text with the first guard alone, and parses the result twice, as a browser does. */
	examineRewriting(texts: readonly string[]): readonly string[] {
		return texts.flatMap((text) => {
			const { start, body, end } = blockHtml(lexMarkdown(text, {}).tokens);
			const once = parsed(start + body + end);
			const twice = parsed(once.innerHTML);
			return [once, twice].flatMap((document) =>
				rewrittenMarkup(document).map((found) => `${found} of ${text}`),
			);
		});
	},

	/** Returns whether the second guard keeps an element of this name or, if `attribute` is given, that attribute. */
	survives(element: string, attribute: string): boolean {
		// A link without a target is only words.
		const tag = `<${element} data-href="https://example.com"${attribute && ` ${attribute}="x"`}>`;
		const places = ["Before.", "<table>", "<table><tr>", "<select>", "<svg>", "<math>"];
		return places.some((place) => {
			const found = renderBlock(place + tag).querySelector(CSS.escape(element));
			return found !== null && (attribute === "" || found.hasAttribute(attribute));
		});
	},

	/** Returns the names of all attributes that run a script in this browser. */
	handlerNames(): readonly string[] {
		const prototypes = [window, document, ...Object.getOwnPropertyNames(window)]
			.map((name) => (typeof name === "string" ? (Reflect.get(window, name) as unknown) : name))
			.map((value) => (typeof value === "function" ? (value.prototype as unknown) : value))
			.filter((value) => typeof value === "object" && value !== null);
		const names = prototypes.flatMap((value) => Object.getOwnPropertyNames(value));
		return [...new Set(names.filter((name) => /^on[a-z]+$/.test(name)))];
	},

	/** Returns what happened in the page since the last call. */
	harm(): Promise<Harm> {
		return watch.end();
	},

	/** Inserts `html` into the page unchanged, to test whether the watch detects the effects. */
	async doHarm(html: string): Promise<Examination> {
		const host = newHost();
		host.innerHTML = html;
		const look = new Look();
		look.keep(host, html);
		return look.end();
	},
};

/** Examines what is drawn. At the end, it also clicks everything. */
class Look {
	readonly #writable: typeof ofAnyElement | undefined;
	readonly #foreign = new Set<string>();
	readonly #unreadable: string[] = [];
	readonly #kept: { readonly host: Element; readonly text: string }[] = [];
	#looks = 0;

	/** @param writable of `foreignMarkup`. */
	constructor(writable?: typeof ofAnyElement) {
		this.#writable = writable;
	}

	at(host: Element, text: string): void {
		this.#looks += 1;
		for (const found of foreignMarkup(host, this.#writable)) {
			this.#foreign.add(`${found} of ${text}`);
		}
	}

	keep(host: Element, text: string): void {
		this.#kept.push({ host, text });
	}

	reads(host: Element, text: string, shows: string | undefined): void {
		if (shows !== undefined && !host.textContent.includes(shows)) {
			this.#unreadable.push(`${text}\nis shown as\n${host.textContent}`);
		}
	}

	async end(): Promise<Examination> {
		for (const { host } of this.#kept) {
			watch.clickAll(host);
		}
		const harm = await watch.end();
		for (const { host, text } of this.#kept) {
			this.at(host, text);
		}
		close();
		return {
			...harm,
			looks: this.#looks,
			foreign: [...this.#foreign],
			unreadable: this.#unreadable,
		};
	}
}

interface OpenStream {
	readonly host: HTMLElement;
	append(text: string): void;
	end(): void;
}

const streams: MarkdownStream[] = [];

function open(): OpenStream {
	const host = newHost();
	const stream = new MarkdownStream(host);
	let whole = "";
	streams.push(stream);
	return {
		host,
		append: (text) => {
			whole += text;
			stream.append(text);
			for (const frame of frames.splice(0)) {
				frame(0);
			}
		},
		end: () => {
			stream.end(whole);
		},
	};
}

function whole(text: string): OpenStream {
	const stream = open();
	stream.append(text);
	stream.end();
	return stream;
}

function newHost(): HTMLElement {
	const host = document.createElement("div");
	host.className = "host";
	document.body.append(host);
	return host;
}

function close(): void {
	for (const stream of streams.splice(0)) {
		stream.dispose();
	}
	for (const host of document.querySelectorAll(".host")) {
		host.remove();
	}
}

function parsed(html: string): HTMLElement {
	return new DOMParser().parseFromString(html, "text/html").body;
}

/** Returns what the first guard wrongly let through: everything except allowed markup and placeholders. */
function rewrittenMarkup(root: Element): string[] {
	const placeholders: Readonly<Record<string, string>> = {
		a: "data-href data-image title",
		pre: "data-code",
		span: "data-task",
		table: "data-rows",
		ol: "start",
		th: "align",
		td: "align",
	};
	return [...root.getElementsByTagName("*")].flatMap(({ localName, namespaceURI, attributes }) => {
		const allowed = [
			...(localName === "a" ? [] : (allowedMarkup.get(localName) ?? [])),
			...(placeholders[localName] ?? "").split(" "),
		];
		const isKnown =
			allowedMarkup.has(localName) &&
			localName !== "img" &&
			namespaceURI === "http://www.w3.org/1999/xhtml";
		const strange = [...attributes].filter(({ name }) => !allowed.includes(name));
		return [
			...(isKnown ? [] : [`<${localName}>`]),
			...strange.map(({ name, value }) => `<${localName} ${name}="${value}">`),
		];
	});
}

Object.assign(window, {
	hostilePage,
	requestAnimationFrame: (callback: FrameRequestCallback) => frames.push(callback),
	cancelAnimationFrame: () => frames.splice(0),
	// Code is highlighted before the page is examined.
	requestIdleCallback: (task: () => void) => {
		queueMicrotask(task);
		return 0;
	},
	cancelIdleCallback: () => undefined,
});
