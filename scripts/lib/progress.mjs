const startedAt = performance.now();

/**
 * Prints the current step of a script to the terminal.
 *
 * @param {string} line
 */
export function say(line) {
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	process.stdout.write(`[${seconds} s] ${line}\n`);
}
