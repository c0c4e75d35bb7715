const startedAt = performance.now();

/**
 * Tells the person at the terminal what a script does now.
 *
 * @param {string} line
 */
export function say(line) {
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	process.stdout.write(`[${seconds} s] ${line}\n`);
}
