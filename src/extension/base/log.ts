import { withoutSecrets } from "../../protocol/text/withoutSecrets";

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

/** @returns a log in which no secret is written, whoever's words it is given: the one that all others write to. */
export function cleanLog(log: Log): Log {
	return throughLog(log, (message) => withoutSecrets(message));
}

/** @returns a log whose lines begin with `[scope]`. */
export function scopedLog(log: Log, scope: string): Log {
	return throughLog(log, (message) => `[${scope}] ${message}`);
}

function throughLog(log: Log, change: (message: string) => string): Log {
	return {
		error: (message) => {
			log.error(change(message));
		},
		warn: (message) => {
			log.warn(change(message));
		},
		info: (message) => {
			log.info(change(message));
		},
		debug: (message) => {
			log.debug(change(message));
		},
	};
}

/** @returns the stack of an error, for the log; never for a person's eyes. */
export function describeError(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
