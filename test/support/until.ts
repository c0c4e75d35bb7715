import { setTimeout } from "node:timers/promises";

/**
 * Waits until `condition` returns a truthy value, and returns that value.
 *
 * @throws {Error} that names what was waited for, after `limitMs`
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
