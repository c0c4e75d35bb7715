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

/** Receives the messages that are not answers at once, because progress in the queue of JSON-RPC could not be joined. */
export interface ChildMessageListener {
	onLog(params: LogParams): void;
	onProgress(token: string, value: unknown): void;
	/** Called for a message that is not part of the protocol, or that answers no pending request. */
	onMalformed(): void;
}

/** Filters the messages of a process. Only the first answer to a pending request reaches JSON-RPC. */
export class ChildMessageReader extends IPCMessageReader {
	readonly #child: ChildProcess;
	readonly #asked: Set<unknown>;
	readonly #listener: ChildMessageListener;

	/** @param asked the ids of the pending requests; shared with the writer, which adds them */
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

/** Sends messages to a process, and records the ids of requests. */
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
