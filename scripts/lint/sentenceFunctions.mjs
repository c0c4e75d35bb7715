/** Ends the name of the module that the functions come from. */
export const localizeModule = /(?:^|\/)localize$/;

/**
 * The functions that take sentences: which argument is the first sentence, how many there are, and which placeholder
 * the first value behind them is for.
 *
 * @type {ReadonlyMap<string, { readonly first: number, readonly count: number, readonly valuesFrom: number }>}
 */
export const sentenceFunctions = new Map([
	["t", { first: 0, count: 1, valuesFrom: 0 }],
	["tParts", { first: 0, count: 1, valuesFrom: 0 }],
	// The count is the value of `{0}`.
	["plural", { first: 1, count: 2, valuesFrom: 1 }],
]);
