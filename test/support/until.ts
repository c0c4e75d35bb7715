import { setTimeout } from "node:timers/promises";

/**
 * Waits until `condition` gives something truthy, and @returns that.
 *
 * @throws {Error} that says what was waited for, if that takes longer than `limitMs`.
 */
export async function until<T>(
	what: string,
	condition: () => T | Promise<T>,
	limitMs = 20_000,
): Promise<NonNullable<T>> {
	const giveUpAt = Date.now() + limitMs;
	for (;;) {
		const value = await condition();
		if (value) {
			return value;
		}
		if (Date.now() > giveUpAt) {
			throw new Error(`Waited in vain: ${what}.`);
		}
		await setTimeout(20);
	}
}
