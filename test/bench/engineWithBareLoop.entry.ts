import type { LlamaContextSequence } from "node-llama-cpp";
import { createMessageConnection, createServerPipeTransport } from "vscode-jsonrpc/node";
import { LlamaEngine } from "../../src/inference/llama/llamaEngine";
import { serveInference } from "../../src/inference/serve";
import { BareEngine } from "./bareEngine";
import { Answer, Batch, pipeVariable, Prepare } from "./bareLoopProtocol";

/**
 * The product's inference process, which also runs bare loops over the product's own context. The memory location of a
 * model or a context changes the speed of the same code by a few percent. Here, both share it.
 */
async function main(): Promise<void> {
	const { LlamaContext } = await import("node-llama-cpp");
	let sequence: LlamaContextSequence | undefined;
	// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
	const { getSequence } = LlamaContext.prototype;
	LlamaContext.prototype.getSequence = function (...args) {
		sequence = getSequence.apply(this, args);
		return sequence;
	};

	let bare: BareEngine | undefined;
	const connection = createMessageConnection(
		...createServerPipeTransport(process.env[pipeVariable] ?? ""),
	);
	connection.onRequest(Prepare, async () => {
		bare = await BareEngine.over(required(sequence));
		return null;
	});
	connection.onRequest(Answer, ({ system, question, maxTokens }) =>
		required(bare).answer(system, question, maxTokens),
	);
	connection.onRequest(Batch, (tokens) => required(bare).batchMs(tokens));
	connection.listen();
	serveInference(new LlamaEngine(process.argv[2]));
}

function required<T>(value: T | undefined): T {
	if (value === undefined) {
		throw new Error("The model is not loaded.");
	}
	return value;
}

void main();
