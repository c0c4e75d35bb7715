/** Waits for `work`, but no longer than `limitMs`, and whatever comes of it. Never rejects. */
export async function waitAtMost(limitMs: number, work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise((resolve) => {
		timer = setTimeout(resolve, limitMs);
	});
	await Promise.race([work.catch(() => undefined), limit]);
	clearTimeout(timer);
}
