/** Resolves as `answer` does, or with `undefined` as soon as `signal` aborts. For dialogs, which code cannot close. */
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
