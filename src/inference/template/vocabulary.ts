/** A token with a meaning beyond its text: one that ends a turn, begins a thought, or calls a tool. */
export interface SpecialToken {
	readonly token: number;
	readonly text: string;
	/** Control tokens are recognized only on request; user-defined ones in any text. */
	readonly isControl: boolean;
}

/** The parts of a model's vocabulary that a template needs. */
export interface Vocabulary {
	/** Longest first, the order in which llama.cpp looks for them. */
	readonly specials: readonly SpecialToken[];
	/** The values of `bos_token` and `eos_token` in templates; empty if the vocabulary has none. */
	readonly bosText: string;
	readonly eosText: string;
}
