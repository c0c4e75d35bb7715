import { fork, type ChildProcess } from "node:child_process";
import {
	CancellationTokenSource,
	createMessageConnection,
	ResponseError,
	type MessageConnection,
	type NotificationType,
	type ProgressType,
	type RequestParam,
	type RequestType,
} from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { Log as LogNotification, Shutdown } from "../../protocol/childProcess";
import type { InferenceFailure } from "../../protocol/failure";
import { FailureError } from "../../protocol/failureError";
import type { Disposable } from "../disposableStore";
import type { Log } from "../log";
import { childEnvironment } from "./childEnvironment";
import { ProcessLines } from "./processLines";

/** Lines of output kept to explain a crash: a native library writes its reason before it aborts. */
const keptLines = 50;
/** Time that the process has to end by itself, in milliseconds. */
const shutdownMs = 2000;

/** What a process of ours is forked from. */
export interface ForkOptions {
	/** For the log: "inference process". */
	readonly name: string;
	/** Of the bundle that the process runs. */
	readonly modulePath: string;
	/** What the bundle finds in `process.argv`; none unless given. */
	readonly args?: readonly string[];
	/** Variables beside those of the host. */
	readonly variables?: Readonly<Record<string, string>>;
	readonly log: Log;
	/** What a crash means to those who wait for an answer. */
	readonly describeCrash: (crash: ProcessCrash) => InferenceFailure;
}

/** How a process ended that we did not end. */
export interface ProcessCrash {
	readonly exitCode: number | null;
	readonly signal: string | null;
	/** What it wrote last, oldest first. */
	readonly lastLines: readonly string[];
}

/** How a process ended. */
export interface ProcessExit {
	readonly exitCode: number | null;
	readonly signal: string | null;
	/** We ended it; otherwise it crashed. */
	readonly requested: boolean;
}

/** A process of ours that answers requests, from its fork to its end. */
export class ForkedProcess implements Disposable {
	/** Settles when the process is gone and all it wrote has been read. */
	readonly exited: Promise<ProcessExit>;
	readonly #options: ForkOptions;
	readonly #child: ChildProcess;
	readonly #connection: MessageConnection;
	readonly #lines: ProcessLines;
	#requested = false;
	#ended = false;

	/** Starts the process; requests may be sent at once. */
	constructor(options: ForkOptions) {
		const { name, modulePath, args = [], variables = {}, log } = options;
		this.#options = options;
		this.#child = fork(modulePath, args, {
			env: { ...childEnvironment(process.env), ...variables },
			// The host's own flags, a debugger's port among them, are not for the child.
			execArgv: [],
			stdio: ["ignore", "pipe", "pipe", "ipc"],
		});
		this.#lines = new ProcessLines(keptLines, (line) => {
			log.debug(line);
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			if (stream) {
				this.#lines.read(stream);
			}
		}
		this.#connection = createMessageConnection(
			new IPCMessageReader(this.#child),
			new IPCMessageWriter(this.#child),
		);
		// A crash only closes the connection; pending requests settle when it is disposed.
		this.#connection.onClose(() => {
			this.#connection.dispose();
		});
		this.#connection.onNotification(LogNotification, ({ level, message }) => {
			log[level](message);
		});
		this.#connection.listen();
		this.exited = this.#whenExited();
		log.info(`${name} ${this.#child.pid ?? "(none)"} started`);
	}

	/** The process is gone. */
	get hasEnded(): boolean {
		return this.#ended;
	}

	/** What it wrote last, oldest first. */
	get lastLines(): readonly string[] {
		return this.#lines.last;
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
		type: RequestType<P, R, InferenceFailure>,
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
			return await answer;
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

	/** Hears the progress of one request until disposed. */
	onDidProgress<P>(type: ProgressType<P>, token: string, listener: (value: P) => void): Disposable {
		return this.#connection.onProgress(type, token, listener);
	}

	/** Asks the process to end and kills it if it has not after two seconds. Settles when it is gone. */
	async stop(): Promise<void> {
		this.#requested = true;
		if (!this.#ended) {
			const killer = setTimeout(() => {
				this.#options.log.warn(`${this.#options.name} did not end in time and is killed`);
				this.#child.kill("SIGKILL");
			}, shutdownMs);
			this.#connection.sendRequest(Shutdown).catch(() => undefined);
			await this.exited;
			clearTimeout(killer);
		}
	}

	/** Kills the process at once: for a computation that does not heed its cancellation. */
	dispose(): void {
		this.#requested = true;
		this.#child.kill("SIGKILL");
	}

	async #whenExited(): Promise<ProcessExit> {
		const { name, log } = this.#options;
		const exit = await new Promise<ProcessExit>((resolve) => {
			// "close" comes after "exit", when the pipes have been read; a failed fork has only "error".
			this.#child.once("close", (exitCode, signal) => {
				resolve({ exitCode, signal, requested: this.#requested });
			});
			this.#child.once("error", (error) => {
				log.error(`${name}: ${error.message}`);
				if (this.#child.pid === undefined) {
					resolve({ exitCode: null, signal: null, requested: this.#requested });
				}
			});
		});
		this.#ended = true;
		this.#connection.dispose();
		const how = exit.signal ?? `exit code ${exit.exitCode ?? "unknown"}`;
		if (exit.requested) {
			log.info(`${name} ended`);
		} else {
			log.error([`${name} crashed (${how})`, ...this.#lines.last].join("\n"));
		}
		return exit;
	}

	/** Turns what a request was rejected with into what callers expect. */
	async #explain(error: unknown): Promise<Error> {
		if (error instanceof ResponseError && isFailure(error.data)) {
			return new FailureError(error.data);
		}
		if (this.#requested || this.#ended || !this.#child.connected) {
			const { exitCode, signal, requested } = await this.exited;
			if (requested) {
				return new ProcessEnded();
			}
			const crash = { exitCode, signal, lastLines: this.#lines.last };
			return new FailureError(this.#options.describeCrash(crash));
		}
		const message = error instanceof Error ? error.message : String(error);
		this.#options.log.error(error instanceof Error ? (error.stack ?? message) : message);
		return new FailureError({ kind: "internal", message });
	}
}

/** A request did not settle because we ended the process meanwhile. */
export class ProcessEnded extends Error {
	override readonly name = "ProcessEnded";
}

/** Our own child made it; parsing the kind apart from other errors' data is enough. */
function isFailure(data: unknown): data is InferenceFailure {
	return typeof data === "object" && data !== null && "kind" in data;
}
