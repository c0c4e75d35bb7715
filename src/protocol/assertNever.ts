/**
 * Ends every switch over a union, so that a variant without a case does not compile.
 *
 * @throws {Error} if a value of an unknown type got past the boundary that should have parsed it
 */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
