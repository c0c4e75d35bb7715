import { chatState } from "../support/view/chatStates";
import { ScriptedHost } from "../support/view/scriptedHost";
import { emptyViewState } from "../../src/webview/state/viewState";

/** The state that VS Code kept for the page, a draft, in the fragment of the page's address. */
const draft = decodeURIComponent(location.hash.slice(1));
const host = new ScriptedHost(chatState(), { ...emptyViewState, draft });

/** Runs the chat's real script in its real page, with a host in the page. */
export const wholePage = {
	host,
	stop: host.onDidReceive((event) => {
		window.dispatchEvent(new MessageEvent("message", { data: event }));
	}),
};

Object.assign(globalThis, {
	wholePage,
	acquireVsCodeApi: () => ({
		postMessage: host.send.bind(host),
		getState: host.readState.bind(host),
		setState: host.writeState.bind(host),
	}),
});
await import("../../src/webview/main");
