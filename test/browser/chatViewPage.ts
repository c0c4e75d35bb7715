import "../../src/webview/start/useTranslation";
import axe from "axe-core";
import type { ChatState } from "../../src/protocol/chat/chat";
import type { ChatFact } from "../../src/protocol/chat/chatEvent";
import type { ChatIntent } from "../../src/protocol/chat/chatIntent";
import { ChatReplica } from "../../src/webview/state/chatReplica";
import "../../src/webview/components/chatApp";
import { addIconFont } from "../../src/webview/start/iconFont";
import type { ViewState } from "../../src/webview/state/viewState";
import themes from "../support/view/themes.json";
import { chatState } from "../support/view/chatStates";
import { FakeHostPort } from "../support/view/fakeHostPort";
import { ScriptedHost } from "../support/view/scriptedHost";

/** The themes that every VS Code has, by a name for pictures. */
export type ThemeName = keyof typeof themes;

addIconFont(new URL("/codicon.ttf", location.href));

/** The part of a browser test of the chat view that runs in the page. */
export const chatViewPage = {
	port: new FakeHostPort(),
	host: new ScriptedHost(chatState()),
	heard: [] as string[],

	/** Opens a view in place of the one before. */
	async open(chat: ChatState, kept?: ViewState): Promise<void> {
		this.port = new FakeHostPort(kept);
		const app = document.createElement("chat-app");
		document.body.replaceChildren(app);
		await app.updateComplete;
		app.connect(this.port, new ChatReplica(this.port, () => performance.now()));
		this.port.snapshot(chat);
		await this.drawn();
	},

	/** Opens a view with a host that carries out its intents. */
	async openScripted(chat: ChatState): Promise<void> {
		this.host = new ScriptedHost(chat);
		this.port = this.host;
		const app = document.createElement("chat-app");
		document.body.replaceChildren(app);
		await app.updateComplete;
		app.connect(this.port, new ChatReplica(this.port, () => performance.now()));
		this.listen();
		await this.drawn();
	},

	/** Collects all announcements to screen readers from now on. */
	listen(): void {
		const region = document.querySelector("[aria-live='polite']");
		this.heard = [];
		new MutationObserver((changes) => {
			for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
				this.heard.push(...(added instanceof Element ? [added.textContent] : []));
			}
		}).observe(region ?? document.body, { childList: true });
	},

	/** Returns the accessible name of the focused element; "body" if nothing has the focus. */
	focused(): string {
		const { activeElement } = document;
		if (!activeElement || activeElement === document.body) {
			return "body";
		}
		return (
			activeElement.getAttribute("aria-label") ??
			// A field of the dialog is named by its label.
			document.querySelector(`label[for="${activeElement.id}"]`)?.textContent ??
			activeElement.textContent.trim()
		);
	},

	async publish(facts: readonly ChatFact[]): Promise<void> {
		this.port.publish(...facts);
		await this.drawn();
	},

	/** Colors the page as VS Code does. @param without the colors that the theme leaves empty */
	useTheme(name: ThemeName, without: readonly string[] = []): void {
		const { bodyClass, variables } = themes[name];
		document.body.className = bodyClass;
		document.body.style.background = "var(--vscode-sideBar-background)";
		document.documentElement.removeAttribute("style");
		for (const [variable, value] of Object.entries(variables)) {
			if (without.includes(variable)) {
				continue;
			}
			document.documentElement.style.setProperty(variable, value);
		}
	},

	/** Returns axe's findings: each rule with an element that violates it. */
	async violations(): Promise<readonly string[]> {
		const { violations } = await axe.run(document, { resultTypes: ["violations"] });
		return violations.flatMap(({ id, nodes }) =>
			nodes
				// The model chooses the heading levels of its answers.
				.filter(({ target }) => !(id === "heading-order" && isInAnswer(String(target[0]))))
				.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ""}`),
		);
	},

	/** Returns the types of the intents that the view has sent, in order. */
	sent(): readonly ChatIntent["type"][] {
		return this.port.sent.map(({ type }) => type);
	},

	kept(): ViewState {
		return this.port.readState();
	},

	/** Returns the contrast ratio of a button's text and its background, as WCAG defines it: 1 to 21. */
	contrastOf(element: Element): number {
		const drawn = element.shadowRoot?.querySelector(".base") ?? element;
		const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
		if (!canvas) {
			return Number.NaN;
		}
		const paint = (colour: string): number => {
			canvas.fillStyle = colour;
			canvas.fillRect(0, 0, 1, 1);
			const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map(
				(value) => {
					const share = value / 255;
					return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
				},
			);
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const behind: Element[] = [];
		for (let one: Element | null = drawn; one;) {
			behind.unshift(one);
			const root: Node = one.getRootNode();
			one = one.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
		}
		let ground = paint("white");
		for (const one of behind) {
			ground = paint(getComputedStyle(one).backgroundColor);
		}
		const text = paint(getComputedStyle(drawn).color);
		return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
	},

	/** Returns the distance of the log from its end, in CSS pixels. */
	distanceToEndPx(): number {
		const log = document.querySelector(".log");
		return log ? log.scrollHeight - log.clientHeight - log.scrollTop : Number.NaN;
	},

	/** Returns the elements that are wider than their containers. */
	tooWide(): readonly string[] {
		return [
			...document.querySelectorAll(
				"html, .log, .log-content, chat-header, chat-notices, queued-message, chat-composer, model-status, dialog, .fields",
			),
			...[...document.querySelectorAll("button, vscode-button, input, textarea")].filter(
				(element) => element.getBoundingClientRect().right > window.innerWidth,
			),
		]
			.filter(
				(element) =>
					element.scrollWidth > element.clientWidth ||
					element.getBoundingClientRect().right > window.innerWidth,
			)
			.map(({ localName, className }) => `${localName}.${className}`);
	},

	/** Waits for two frames: drawing in the first affects the scroll position in the second. */
	drawn(): Promise<void> {
		return new Promise((resolve) => {
			requestAnimationFrame(() => {
				requestAnimationFrame(() => {
					resolve();
				});
			});
		});
	},
};

function isInAnswer(selector: string): boolean {
	return document.querySelector(selector)?.closest(".markdown") instanceof Element;
}

Object.assign(globalThis, { chatViewPage });
