import type { ChatState } from "../../src/protocol/chat";
import type { ChatFact } from "../../src/protocol/chatEvent";
import type { ChatIntent } from "../../src/protocol/chatIntent";
import { ChatStore } from "../../src/webview/chatStore";
import "../../src/webview/components/chatApp";
import type { ViewState } from "../../src/webview/viewState";
import { FakeHostPort } from "../support/fakeHostPort";

/** The part of a browser test of the chat view that runs in the page. */
export const chatViewPage = {
	port: new FakeHostPort(),

	/** Opens a view in place of the one before. */
	async open(chat: ChatState, kept?: ViewState): Promise<void> {
		this.port = new FakeHostPort(kept);
		const app = document.createElement("chat-app");
		document.body.replaceChildren(app);
		await app.updateComplete;
		app.connect(this.port, new ChatStore(this.port, () => performance.now()));
		this.port.snapshot(chat);
		await this.drawn();
	},

	async publish(facts: readonly ChatFact[]): Promise<void> {
		this.port.publish(...facts);
		await this.drawn();
	},

	/** @returns the types of the intents that the view has sent, in order. */
	sent(): readonly ChatIntent["type"][] {
		return this.port.sent.map(({ type }) => type);
	},

	kept(): ViewState {
		return this.port.readState();
	},

	/** How far the log is from its end, in CSS pixels. */
	distanceToEndPx(): number {
		const log = document.querySelector(".log");
		return log ? log.scrollHeight - log.clientHeight - log.scrollTop : Number.NaN;
	},

	/** @returns the elements that are wider than what shows them. */
	tooWide(): readonly string[] {
		return [
			...document.querySelectorAll("html, .log, .log-content, chat-composer, model-status, dialog"),
		]
			.filter((element) => element.scrollWidth > element.clientWidth)
			.map(({ localName, className }) => `${localName}.${className}`);
	},

	/** Two frames: what is drawn in the first has its effect on the scroll position in the second. */
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

Object.assign(globalThis, { chatViewPage });
