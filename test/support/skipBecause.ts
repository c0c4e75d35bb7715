/** Skips the running test or suite; the test report shows why. */
export function skipBecause(context: Mocha.Context, reason: string): never {
	// In the title, which is all that comes over from a process that runs a part of the files.
	context.runnable().title += `: ${reason}`;
	return context.skip();
}
