/** Skips the running test or suite. The test report shows the reason. */
export function skipBecause(context: Mocha.Context, reason: string): never {
	// In the title, which is all that a process running part of the files passes on.
	context.runnable().title += `: ${reason}`;
	return context.skip();
}
