import type { CancellationToken } from "vscode-jsonrpc";

/**
 * Returns an `AbortSignal` that follows a JSON-RPC cancellation token.
 *
 * Checks the token first: a request that was cancelled before it is dispatched arrives with
 * `CancellationToken.Cancelled`, whose event never fires (vscode-jsonrpc 10.0).
 */
export function toAbortSignal(token: CancellationToken): AbortSignal {
	const controller = new AbortController();
	if (token.isCancellationRequested) {
		controller.abort();
	} else {
		// Needs no disposal: the connection drops the token with its request.
		token.onCancellationRequested(() => {
			controller.abort();
		});
	}
	return controller.signal;
}
