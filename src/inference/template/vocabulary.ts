/** A token whose text stands for more than itself: one that ends a turn, begins a thought or calls a tool. */
export interface SpecialToken {
	readonly token: number;
	readonly text: string;
	/** A control token is found only where it is looked for; one that is user-defined in every text. */
	readonly isControl: boolean;
}

/** What of a model's vocabulary a template is read with. */
export interface Vocabulary {
	/** Longest first, as llama.cpp looks for them. */
	readonly specials: readonly SpecialToken[];
	/** What templates write as `bos_token` and `eos_token`; empty where there is none. */
	readonly bosText: string;
	readonly eosText: string;
}
