import type { CancellationToken } from "vscode-jsonrpc";

/**
 * Bridges a JSON-RPC token to an `AbortSignal`.
 *
 * Looks at the flag first: a request cancelled before it is dispatched arrives with
 * `CancellationToken.Cancelled`, whose event never fires (vscode-jsonrpc 10.0).
 */
export function toAbortSignal(token: CancellationToken): AbortSignal {
	const controller = new AbortController();
	if (token.isCancellationRequested) {
		controller.abort();
	} else {
		// Lives as long as the request's token, which the connection drops with the request.
		token.onCancellationRequested(() => {
			controller.abort();
		});
	}
	return controller.signal;
}
