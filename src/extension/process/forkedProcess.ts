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

/** Time that the process has to end by itself, in milliseconds. */
const shutdownMs = 2000;

/** What a process of ours is forked from. */
export interface ForkOptions {
	/** The name of the process in the log: "inference" becomes "inference process". */
	readonly name: string;
	/** Of the bundle that the process runs. */
	readonly modulePath: string;
	/** What the bundle finds in `process.argv`; none unless given. */
	readonly args?: readonly string[];
	/** Of V8's heap, in megabytes: the process ends where it would need more. Node decides unless given. */
	readonly heapMegabytes?: number;
	/** Variables beside those of the host. */
	readonly variables?: Readonly<Record<string, string>>;
	readonly log: Log;
	/** What a crash means to those who wait for an answer. */
	readonly describeCrash: (crash: ProcessCrash) => InferenceFailure;
}

/** How a process ended that we did not end. */
export interface ProcessCrash extends ExitState {
	/** What it wrote last, oldest first. */
	readonly lastLines: readonly string[];
}

/** How a process ended. */
export interface ProcessExit extends ExitState {
	/** We ended it; otherwise it crashed. */
	readonly requested: boolean;
}

/** A process of ours that answers requests, from its fork to its end. What it says is parsed, joined and bounded here. */
export class ForkedProcess implements Disposable {
	/** Settles when the process is gone and all it wrote has been read. */
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

	/** Starts the process; requests may be sent at once. */
	constructor(options: ForkOptions) {
		const { modulePath, args = [], heapMegabytes, variables = {}, log } = options;
		const name = `${options.name} process`;
		this.#options = options;
		this.#name = name;
		this.#child = fork(modulePath, args, {
			env: { ...childEnvironment(process.env), ...variables },
			// The host's own flags, a debugger's port among them, are not for the child.
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
		// A crash only closes the connection; pending requests settle when it is disposed.
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

	/** The process is gone. */
	get hasEnded(): boolean {
		return this.#ended;
	}

	/** What it wrote last, oldest first. */
	get lastLines(): readonly string[] {
		return this.#log.lastLines;
	}

	/** Its id, for tests that kill it. */
	get pid(): number | undefined {
		return this.#child.pid;
	}

	/**
	 * Sends a request. Aborting cancels it: it still answers, with the result that its cancellation has.
	 *
	 * @throws {FailureError} an expected failure; what a crash means if the process ended by itself.
	 * @throws {ProcessEnded} if we ended the process.
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
			// Only now: a token that is cancelled before it is handed over never tells (vscode-jsonrpc 10.0).
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

	/** Sends what is not answered. To a process that is gone it is no more of use. */
	notify<P>(type: NotificationType<P>, params: RequestParam<P>): void {
		this.#connection.sendNotification(type, params).catch(() => undefined);
	}

	/** Hears the progress of one request until disposed; what comes in a flood, it hears joined. */
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

	/** Asks the process to end and kills it if it has not after two seconds. Settles when it is gone. */
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

	/** Kills the process at once: for a computation that does not heed its cancellation. */
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

	/** Turns what a request was rejected with into what callers expect. */
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

/** A request did not settle because we ended the process meanwhile. */
export class ProcessEnded extends Error {
	override readonly name = "ProcessEnded";
}
