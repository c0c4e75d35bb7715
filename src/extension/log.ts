/**
 * What our code needs of a log; VS Code's `LogOutputChannel` is one.
 *
 * error: a user's action failed. warn: something went wrong and was mended. info: the life of processes and
 * models, once an event. debug: kinds and sizes of messages. Words of a conversation are never logged.
 */
export interface Log {
	error(message: string): void;
	warn(message: string): void;
	info(message: string): void;
	debug(message: string): void;
}

/** @returns a log whose lines begin with `[scope]`. */
export function scopedLog(log: Log, scope: string): Log {
	const prefix = `[${scope}] `;
	return {
		error: (message) => {
			log.error(prefix + message);
		},
		warn: (message) => {
			log.warn(prefix + message);
		},
		info: (message) => {
			log.info(prefix + message);
		},
		debug: (message) => {
			log.debug(prefix + message);
		},
	};
}

/** @returns the stack of an error, for the log; never for a person's eyes. */
export function describeError(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
