/** @returns what `answer` resolves to, or `undefined` as soon as `signal` is aborted: a dialog cannot be closed. */
export async function unlessAborted<T>(
	answer: Promise<T>,
	signal: AbortSignal,
): Promise<T | undefined> {
	if (signal.aborted) {
		return undefined;
	}
	const ended = new AbortController();
	const aborted = new Promise<undefined>((resolve) => {
		const listener = (): void => {
			resolve(undefined);
		};
		signal.addEventListener("abort", listener, { once: true, signal: ended.signal });
	});
	try {
		return await Promise.race([answer, aborted]);
	} finally {
		ended.abort();
	}
}
