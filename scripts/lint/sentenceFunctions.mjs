/** Matches the path of the module that exports the functions. */
export const localizeModule = /(?:^|\/)localize$/;

/**
 * The functions that take sentences: the index of the first sentence, the number of sentences, and the placeholder of the
 * first value
 * after them.
 *
 * @type {ReadonlyMap<string, { readonly first: number, readonly count: number, readonly valuesFrom: number }>}
 */
export const sentenceFunctions = new Map([
	["t", { first: 0, count: 1, valuesFrom: 0 }],
	["tParts", { first: 0, count: 1, valuesFrom: 0 }],
	// The count is the value of `{0}`.
	["plural", { first: 1, count: 2, valuesFrom: 1 }],
]);
