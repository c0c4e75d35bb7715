import { fork, type ChildProcess } from "node:child_process";
import {
	CancellationTokenSource,
	createMessageConnection,
	ResponseError,
	type MessageConnection,
	type ProgressType,
	type RequestParam,
	type RequestType,
} from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type { InferenceFailure } from "../../protocol/failure";
import {
	inferenceProtocolVersion,
	Initialize,
	Log as LogNotification,
	Shutdown,
} from "../../protocol/inference";
import type { GpuChoice } from "../../protocol/model";
import type { Disposable } from "../disposableStore";
import type { Log } from "../log";
import { InferenceError } from "./backend";
import { inferenceEnvironment } from "./inferenceEnvironment";
import { ProcessLines } from "./processLines";

/** Lines of output kept to explain a crash: llama.cpp writes its reason before it aborts. */
const keptLines = 50;
/** Time that the process has to end by itself, in milliseconds. */
const shutdownMs = 2000;

/** How the process ended. */
export interface ProcessExit {
	readonly exitCode: number | null;
	readonly signal: string | null;
	/** We ended it; otherwise it crashed. */
	readonly requested: boolean;
}

/** The process that runs models, from its fork to its end. */
export class InferenceProcess implements Disposable {
	/** Settles when the process is gone and all it wrote has been read. */
	readonly exited: Promise<ProcessExit>;
	readonly #child: ChildProcess;
	readonly #connection: MessageConnection;
	readonly #log: Log;
	readonly #lines: ProcessLines;
	#requested = false;
	#ended = false;
	#mayUseGpu = false;

	/**
	 * Starts the process; requests may be sent at once.
	 *
	 * @param modulePath of the bundle that serves the inference protocol.
	 */
	constructor(modulePath: string, log: Log) {
		this.#log = log;
		this.#child = fork(modulePath, [], {
			env: inferenceEnvironment(process.env),
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
		log.info(`inference process ${this.#child.pid ?? "(none)"} started`);
	}

	/** The process is gone. */
	get hasEnded(): boolean {
		return this.#ended;
	}

	/** Its id, for tests that kill it. */
	get pid(): number | undefined {
		return this.#child.pid;
	}

	/** Agrees on the protocol and loads llama.cpp. @throws {InferenceError} */
	async initialize(gpu: GpuChoice, signal: AbortSignal): Promise<void> {
		const params = { protocolVersion: inferenceProtocolVersion, gpu };
		this.#mayUseGpu = gpu !== "off";
		const { backend } = await this.request(Initialize, params, signal);
		this.#mayUseGpu = backend !== "cpu";
	}

	/**
	 * Sends a request. Aborting cancels it: it still answers, with the result that its cancellation has.
	 *
	 * @throws {InferenceError} an expected failure; `processCrashed` if the process ended by itself.
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

	/** Hears the progress of one request until disposed. */
	onDidProgress<P>(type: ProgressType<P>, token: string, listener: (value: P) => void): Disposable {
		return this.#connection.onProgress(type, token, listener);
	}

	/** Asks the process to end and kills it if it has not after two seconds. Settles when it is gone. */
	async stop(): Promise<void> {
		this.#requested = true;
		if (!this.#ended) {
			const killer = setTimeout(() => {
				this.#log.warn("inference process did not end in time and is killed");
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
		const exit = await new Promise<ProcessExit>((resolve) => {
			// "close" comes after "exit", when the pipes have been read; a failed fork has only "error".
			this.#child.once("close", (exitCode, signal) => {
				resolve({ exitCode, signal, requested: this.#requested });
			});
			this.#child.once("error", (error) => {
				this.#log.error(`inference process: ${error.message}`);
				if (this.#child.pid === undefined) {
					resolve({ exitCode: null, signal: null, requested: this.#requested });
				}
			});
		});
		this.#ended = true;
		this.#connection.dispose();
		const how = exit.signal ?? `exit code ${exit.exitCode ?? "unknown"}`;
		if (exit.requested) {
			this.#log.info("inference process ended");
		} else {
			this.#log.error([`inference process crashed (${how})`, ...this.#lines.last].join("\n"));
		}
		return exit;
	}

	/** Turns what a request was rejected with into what callers expect. */
	async #explain(error: unknown): Promise<Error> {
		if (error instanceof ResponseError && isFailure(error.data)) {
			return new InferenceError(error.data);
		}
		if (this.#requested || this.#ended || !this.#child.connected) {
			const { exitCode, signal, requested } = await this.exited;
			return requested
				? new ProcessEnded()
				: new InferenceError({
						kind: "processCrashed",
						exitCode,
						signal,
						lastLines: this.#lines.last,
						onGpu: this.#mayUseGpu,
					});
		}
		const message = error instanceof Error ? error.message : String(error);
		this.#log.error(error instanceof Error ? (error.stack ?? message) : message);
		return new InferenceError({ kind: "internal", message });
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
