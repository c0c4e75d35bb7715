/** Waits until `work` settles, but at most `limitMs` milliseconds. Never rejects, even if `work` does. */
export async function waitAtMost(limitMs: number, work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise((resolve) => {
		timer = setTimeout(resolve, limitMs);
	});
	await Promise.race([work.catch(() => undefined), limit]);
	clearTimeout(timer);
}
