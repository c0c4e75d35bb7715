/**
 * Ends every switch over a union: the compiler refuses a variant that has no case.
 *
 * @throws {Error} if data of an unknown shape slipped past the boundary that should have parsed it.
 */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
