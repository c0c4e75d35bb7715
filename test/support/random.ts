/**
 * @returns a small generator of numbers from 0 up to 1 that a seed decides (mulberry32 by Tommy Ettinger, in the public
 * domain).
 */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** @returns the seed that the environment's SEED asks for, or one drawn anew; a test's name should tell it. */
export function chosenSeed(): number {
	return Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
}
