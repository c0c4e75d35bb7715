import type { ChildProcess } from "node:child_process";
import * as v from "valibot";
import { Message, type DataCallback, type Disposable } from "vscode-jsonrpc";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { LogMessage, logParamsSchema, type LogParams } from "../../protocol/childProcess";

const version = v.literal("2.0");
const answerSchema = v.union([
	v.object({ jsonrpc: version, id: v.number(), result: v.unknown() }),
	v.object({
		jsonrpc: version,
		id: v.number(),
		error: v.object({ code: v.number(), message: v.string(), data: v.optional(v.unknown()) }),
	}),
]);
const progressSchema = v.object({
	method: v.literal("$/progress"),
	params: v.object({ token: v.string(), value: v.unknown() }),
});
const logSchema = v.object({ method: v.literal(LogMessage.method), params: logParamsSchema });

/** What a process sends beside answers, each at once: what waited in a queue could not be joined any more. */
export interface ChildMessageListener {
	onLog(params: LogParams): void;
	onProgress(token: string, value: unknown): void;
	/** What is no message of the protocol, or answers nothing that was asked. */
	onMalformed(): void;
}

/** The door between a process and JSON-RPC: what comes through is the one answer to a request that was sent. */
export class ChildMessageReader extends IPCMessageReader {
	readonly #child: ChildProcess;
	readonly #asked: Set<unknown>;
	readonly #listener: ChildMessageListener;

	/** @param asked ids of requests without an answer, which the writer adds to */
	constructor(child: ChildProcess, asked: Set<unknown>, listener: ChildMessageListener) {
		super(child);
		this.#child = child;
		this.#asked = asked;
		this.#listener = listener;
	}

	override listen(callback: DataCallback): Disposable {
		const receive = (message: unknown): void => {
			if (v.is(progressSchema, message)) {
				this.#listener.onProgress(message.params.token, message.params.value);
				return;
			}
			const log = v.safeParse(logSchema, message);
			if (log.success) {
				this.#listener.onLog(log.output.params);
			} else if (v.is(answerSchema, message) && this.#asked.delete(message.id)) {
				callback(message);
			} else {
				this.#listener.onMalformed();
			}
		};
		this.#child.on("message", receive);
		return { dispose: () => this.#child.off("message", receive) };
	}
}

/** Sends to a process, and notes what is to be answered. */
export class ChildMessageWriter extends IPCMessageWriter {
	readonly #asked: Set<unknown>;

	constructor(child: ChildProcess, asked: Set<unknown>) {
		super(child);
		this.#asked = asked;
	}

	override async write(message: Message): Promise<void> {
		if (Message.isRequest(message)) {
			this.#asked.add(message.id);
		}
		await super.write(message);
	}
}
