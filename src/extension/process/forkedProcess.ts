import { fork, type ChildProcess } from "node:child_process";
import {
	CancellationTokenSource,
	createMessageConnection,
	ResponseError,
	type MessageConnection,
	type NotificationType,
	type RequestParam,
} from "vscode-jsonrpc";
import { Shutdown, type ChildProgress, type ChildRequest } from "../../protocol/childProcess";
import type { InferenceFailure } from "../../protocol/failure";
import { FailureError } from "../../protocol/failureError";
import type { Disposable } from "../base/disposableStore";
import type { Log } from "../base/log";
import { childEnvironment } from "./childEnvironment";
import { ChildExit, type ExitState } from "./childExit";
import { ChildMessageReader, ChildMessageWriter } from "./childMessages";
import { ChildLog } from "./childLog";
import { answerOf, failureOfRequest, UnreadableAnswer } from "./parseAnswer";
import { SpacedProgress } from "./spacedProgress";

/** How long the process may take to end before it is killed, in milliseconds. */
const shutdownMs = 2000;

/** How to fork a process, and how to describe its crash. */
export interface ForkOptions {
	/** The name of the process in the log: "inference" becomes "inference process". */
	readonly name: string;
	/** The path of the bundle that the process runs. */
	readonly modulePath: string;
	/** The arguments of the bundle, in `process.argv`. Default: none. */
	readonly args?: readonly string[];
	/** The largest heap of V8, in mebibytes; the process crashes if it needs more. Default: Node's own limit. */
	readonly heapMegabytes?: number;
	/** Environment variables to add to those of the host. */
	readonly variables?: Readonly<Record<string, string>>;
	readonly log: Log;
	/** Returns the failure that a crash causes for pending requests. */
	readonly describeCrash: (crash: ProcessCrash) => InferenceFailure;
}

/** How a process ended that the host did not end. */
export interface ProcessCrash extends ExitState {
	/** The last lines of output, oldest first. */
	readonly lastLines: readonly string[];
}

/** How a process ended. */
export interface ProcessExit extends ExitState {
	/** Whether the host ended the process. Otherwise, it crashed. */
	readonly requested: boolean;
}

/** A forked process that answers requests. Parses and bounds everything that the process sends. */
export class ForkedProcess implements Disposable {
	/** Resolves when the process is gone and its output has been read. */
	readonly exited: Promise<ProcessExit>;
	readonly #options: ForkOptions;
	readonly #name: string;
	readonly #child: ChildProcess;
	readonly #connection: MessageConnection;
	readonly #exit: ChildExit;
	readonly #log: ChildLog;
	readonly #progress = new Map<string, { receive(message: unknown): void }>();
	#requested = false;
	#ended = false;

	/** Starts the process. Requests can be sent at once. */
	constructor(options: ForkOptions) {
		const { modulePath, args = [], heapMegabytes, variables = {}, log } = options;
		const name = `${options.name} process`;
		this.#options = options;
		this.#name = name;
		this.#child = fork(modulePath, args, {
			env: { ...childEnvironment(process.env), ...variables },
			// The host's own flags, such as the port of a debugger, are not passed on.
			execArgv: heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`],
			stdio: ["ignore", "pipe", "pipe", "ipc"],
		});
		this.#log = new ChildLog(name, log);
		this.#log.readOutput(this.#child);
		const asked = new Set<unknown>();
		this.#connection = createMessageConnection(
			new ChildMessageReader(this.#child, asked, {
				onLog: (params) => {
					this.#log.line(params);
				},
				onProgress: (token, value) => this.#progress.get(token)?.receive(value),
				onMalformed: () => {
					this.#log.malformed("a message");
				},
			}),
			new ChildMessageWriter(this.#child, asked),
		);
		// A crash only closes the connection. Pending requests settle when it is disposed.
		this.#connection.onClose(() => {
			this.#connection.dispose();
		});
		this.#connection.listen();
		this.#exit = new ChildExit(this.#child, (error) => {
			log.error(`${name}: ${error.message}`);
		});
		this.exited = this.#whenExited();
		log.info(`${name} ${this.#child.pid ?? "(none)"} started`);
	}

	/** Whether the process has ended. */
	get hasEnded(): boolean {
		return this.#ended;
	}

	/** The last lines of output, oldest first. */
	get lastLines(): readonly string[] {
		return this.#log.lastLines;
	}

	/** The id of the process; `undefined` if its fork failed. */
	get pid(): number | undefined {
		return this.#child.pid;
	}

	/**
	 * Sends a request. Aborting `signal` cancels it: the process still answers, with the result for a canceled request.
	 *
	 * @throws {FailureError} the failure that the process reports, or that its crash causes
	 * @throws {ProcessEnded} if the host ended the process
	 */
	async request<P, R>(
		type: ChildRequest<P, R>,
		params: RequestParam<P>,
		signal: AbortSignal,
	): Promise<R> {
		const cancellation = new CancellationTokenSource();
		const cancel = (): void => {
			cancellation.cancel();
		};
		signal.addEventListener("abort", cancel, { once: true });
		try {
			const answer = this.#connection.sendRequest(type, params, cancellation.token);
			// Cancel only after sending: a token canceled before has no effect (vscode-jsonrpc 10.0).
			if (signal.aborted) {
				cancel();
			}
			return answerOf(this.#name, type, await answer);
		} catch (error) {
			throw await this.#explain(error);
		} finally {
			signal.removeEventListener("abort", cancel);
			cancellation.dispose();
		}
	}

	/** Sends a notification. Does nothing if the process has ended. */
	notify<P>(type: NotificationType<P>, params: RequestParam<P>): void {
		this.#connection.sendNotification(type, params).catch(() => undefined);
	}

	/** Calls `listener` with the progress of one request until disposed. Joins progress that arrives too fast. */
	onDidProgress<P>(
		type: ChildProgress<P>,
		token: string,
		listener: (value: P) => void,
	): Disposable {
		const progress = new SpacedProgress(type, listener, () => {
			this.#log.malformed("progress");
		});
		this.#progress.set(token, progress);
		return {
			dispose: () => {
				this.#progress.delete(token);
				progress.dispose();
			},
		};
	}

	/** Asks the process to end, and kills it after two seconds. Resolves when the process is gone. */
	async stop(): Promise<void> {
		this.#requested = true;
		if (!this.#ended) {
			const killer = setTimeout(() => {
				this.#options.log.warn(`${this.#name} did not end in time and is killed`);
				this.#exit.kill();
			}, shutdownMs);
			this.#connection.sendRequest(Shutdown).catch(() => undefined);
			await this.exited;
			clearTimeout(killer);
		}
	}

	/** Kills the process at once, for work that ignores cancellation. */
	dispose(): void {
		this.#requested = true;
		this.#exit.kill();
	}

	async #whenExited(): Promise<ProcessExit> {
		const name = this.#name;
		const { log } = this.#options;
		const state = await this.#exit.settled;
		const exit = { ...state, requested: this.#requested };
		this.#ended = true;
		this.#connection.dispose();
		this.#log.end();
		const how = exit.signal ?? `exit code ${exit.exitCode ?? "unknown"}`;
		if (exit.requested) {
			log.info(`${name} ended`);
		} else {
			log.error([`${name} crashed (${how})`, ...this.lastLines].join("\n"));
		}
		return exit;
	}

	/** Returns the error to throw for the rejection of a request. */
	async #explain(error: unknown): Promise<Error> {
		const { describeCrash, log } = this.#options;
		if (error instanceof UnreadableAnswer) {
			log.error(error.message);
			return new FailureError({ kind: "internal", message: error.message });
		}
		if (error instanceof ResponseError && error.data !== undefined) {
			return new FailureError(failureOfRequest(this.#name, error.data));
		}
		if (this.#requested || this.#ended || !this.#child.connected) {
			const { exitCode, signal, requested } = await this.exited;
			return requested
				? new ProcessEnded()
				: new FailureError(describeCrash({ exitCode, signal, lastLines: this.lastLines }));
		}
		const message = error instanceof Error ? error.message : String(error);
		log.error(error instanceof Error ? (error.stack ?? message) : message);
		return new FailureError({ kind: "internal", message });
	}
}

/** Thrown when a request did not settle because the host ended the process. */
export class ProcessEnded extends Error {
	override readonly name = "ProcessEnded";
}
