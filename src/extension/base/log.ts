import { withoutSecrets } from "../../protocol/text/withoutSecrets";

/**
 * A log, such as VS Code's `LogOutputChannel`.
 *
 * error: an action of the user failed. warn: a problem that the extension recovered from. info: one line per event in the
 * life of processes and models. debug: kinds and sizes of messages. The text of a conversation is never logged.
 */
export interface Log {
	error(message: string): void;
	warn(message: string): void;
	info(message: string): void;
	debug(message: string): void;
}

/** Returns a log that removes secrets from every message. All other logs write to it. */
export function cleanLog(log: Log): Log {
	return throughLog(log, (message) => withoutSecrets(message));
}

/** Returns a log whose lines begin with `[scope]`. */
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

/** Returns the stack of an error. For the log only, never for the UI. */
export function describeError(error: unknown): string {
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
