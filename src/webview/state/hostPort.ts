import type { ChatEvent } from "../../protocol/chat/chatEvent";
import type { ChatIntent } from "../../protocol/chat/chatIntent";
import { parseViewState, type ViewState } from "./viewState";

/** Ends a subscription. A second call does nothing. */
export type Unsubscribe = () => void;

/**
 * The view's only connection to the outside: to the extension host, and to the state that VS Code keeps for the page.
 */
export interface HostPort {
	send(intent: ChatIntent): void;
	/** Is called with every event from the host. The result ends the subscription. */
	onDidReceive(listener: (event: ChatEvent) => void): Unsubscribe;
	/** The last value passed to `writeState`, also by an earlier page of this view. */
	readState(): ViewState;
	writeState(state: ViewState): void;
}

/** The part of VS Code's webview API that is used here. */
interface VsCodeApi {
	postMessage(message: ChatIntent): void;
	getState(): unknown;
	setState(state: ViewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** @throws {Error} when called a second time, because VS Code provides its API to a page once */
export function connectHostPort(): HostPort {
	const api = acquireVsCodeApi();
	return {
		send: api.postMessage.bind(api),
		onDidReceive: (listener) => {
			// Only VS Code's own frame can post messages here, and it posts what the host sent.
			const receive = (message: MessageEvent<ChatEvent>): void => {
				listener(message.data);
			};
			window.addEventListener("message", receive);
			return () => {
				window.removeEventListener("message", receive);
			};
		},
		readState: () => parseViewState(api.getState()),
		writeState: (state) => {
			api.setState(state);
		},
	};
}
