import { chatState } from "../support/view/chatStates";
import { ScriptedHost } from "../support/view/scriptedHost";
import { emptyViewState } from "../../src/webview/state/viewState";

/** What VS Code kept for the page: a draft, behind the page's address. */
const draft = decodeURIComponent(location.hash.slice(1));
const host = new ScriptedHost(chatState(), { ...emptyViewState, draft });

/** The chat's own script in its own page, with a host in the page. */
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
