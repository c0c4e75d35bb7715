/**
 * Returns a small generator of numbers from 0 up to, but not including, 1 that a seed determines (mulberry32 by Tommy
 * Ettinger, in the public domain).
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

/** Returns the seed in the environment variable SEED, or a random one. Test titles should contain it. */
export function chosenSeed(): number {
	return Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
}
