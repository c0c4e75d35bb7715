/**
 * Runs a script. An error ends it with exit code 1 and a message; only bugs print a stack.
 *
 * @param {() => Promise<number | void>} work returns the exit code; nothing means 0
 */
export async function main(work) {
	try {
		process.exitCode = (await work()) ?? 0;
	} catch (error) {
		const expected = error instanceof Error && error.constructor === Error;
		process.stderr.write(`${expected ? error.message : describe(error)}\n`);
		process.exitCode = 1;
	}
}

/** @param {unknown} error */
function describe(error) {
	return error instanceof Error ? error.stack : String(error);
}
