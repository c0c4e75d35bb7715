import DOMPurify from "dompurify";
import { marked } from "marked";
import type { ChatState, Turn } from "../../../src/protocol/chat/chat";
import { ChatReplica } from "../../../src/webview/state/chatReplica";
import "../../../src/webview/components/chatApp";
import { answerStats, chatState, endedTurn, userTurn } from "../../support/view/chatStates";
import { ScriptedHost } from "../../support/view/scriptedHost";
import { mixedAnswer } from "./longAnswers";

let host = new ScriptedHost(chatState());

/** The part of the view bench that runs in its page. */
export const viewBenchPage = {
	/**
	 * Replaces the view with a new one on a chat of `turns` turns.
	 *
	 * @returns milliseconds from the snapshot to the first frame that shows it and accepts input
	 */
	async open(turns: number): Promise<number> {
		const app = document.createElement("chat-app");
		document.body.replaceChildren(app);
		await app.updateComplete;
		const chat = conversationOf(turns);
		await nextTask();
		const startedAt = performance.now();
		host = new ScriptedHost(chat);
		// The view requests the snapshot from its host. It arrives in a separate task, like a message.
		app.connect(host, new ChatReplica(host, () => performance.now()));
		const shown = turns === 0 ? ".log-content > *" : `[data-turn-id="turn ${turns - 1}"]`;
		do {
			await painted();
		} while (!document.querySelector(shown));
		return performance.now() - startedAt;
	},

	/** Resolves when all turns of the chat are drawn and the page is idle. */
	async allDrawn(turns: number): Promise<void> {
		while (document.querySelectorAll("answer-text > .markdown").length < Math.floor(turns / 2)) {
			await painted();
		}
		await idle();
	},

	/** Streams an answer, `unitsPerFrame` UTF-16 units per frame, and waits until its code is highlighted. */
	async stream(text: string, unitsPerFrame: number): Promise<void> {
		host.send({ type: "submit", turnId: crypto.randomUUID(), text: "A question" });
		await painted();
		await inFrames(text, unitsPerFrame, (piece) => {
			host.write(piece);
		});
		host.end({ kind: "complete", stats: answerStats });
		await idle();
	},

	/** Does the same with the plain renderer: every frame renders and sanitizes all text so far. */
	async streamByRenderingAgain(text: string, unitsPerFrame: number): Promise<void> {
		const element = emptyPage();
		let shown = "";
		await inFrames(text, unitsPerFrame, (piece) => {
			shown += piece;
			requestAnimationFrame(() => {
				element.innerHTML = DOMPurify.sanitize(marked.parse(shown, { async: false, breaks: true }));
				scrollTo(0, document.body.scrollHeight);
			});
		});
	},

	/** Builds the DOM of an answer once, with `marked` and DOMPurify. */
	async build(text: string): Promise<void> {
		const element = emptyPage();
		element.innerHTML = DOMPurify.sanitize(marked.parse(text, { async: false, breaks: true }));
		await painted();
	},

	/** Leaves only an empty element for answers. */
	async clear(): Promise<void> {
		emptyPage();
		await painted();
	},

	/** Scrolls from the end to the start, half a view per frame. */
	async scrollThrough(): Promise<void> {
		const log = document.querySelector(".log");
		if (!log) {
			throw new Error("There is no log.");
		}
		log.dispatchEvent(new WheelEvent("wheel", { deltaY: -1 }));
		while (log.scrollTop > 0) {
			log.scrollTop -= log.clientHeight / 2;
			await painted();
		}
	},
};

function emptyPage(): HTMLElement {
	const element = document.createElement("div");
	element.className = "markdown";
	document.body.replaceChildren(element);
	return element;
}

function conversationOf(count: number): ChatState {
	const answer = mixedAnswer(300);
	const turns = Array.from({ length: count }, (_, index): Turn => {
		const id = `turn ${index}`;
		return index % 2 === 0
			? userTurn(id, `Question ${index}: what does part ${index} do, and why?`)
			: endedTurn(id, answer);
	});
	return chatState({ turns });
}

async function inFrames(
	text: string,
	unitsPerFrame: number,
	write: (piece: string) => void,
): Promise<void> {
	for (let written = 0; written < text.length; written += unitsPerFrame) {
		write(text.slice(written, written + unitsPerFrame));
		await painted();
	}
}

/** Resolves after the next frame in a separate task, like a message from the host. */
async function painted(): Promise<void> {
	await new Promise(requestAnimationFrame);
	await nextTask();
}

/** Resolves when the page has been idle. */
async function idle(): Promise<void> {
	for (let round = 0; round < 3; round += 1) {
		await new Promise((resolve) => requestIdleCallback(resolve));
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(undefined);
	});
}

Object.assign(globalThis, { viewBenchPage });
