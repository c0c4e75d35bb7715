/** Skips the running test or suite; the test report shows why. */
export function skipBecause(context: Mocha.Context, reason: string): never {
	Object.assign(context.runnable(), { skipReason: reason });
	if (context.test) {
		Object.assign(context.test, { skipReason: reason });
	}
	return context.skip();
}
