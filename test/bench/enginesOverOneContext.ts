import path from "node:path";
import {
	createClientPipeTransport,
	createMessageConnection,
	generateRandomPipeName,
	type MessageConnection,
} from "vscode-jsonrpc/node";
import type { Measured } from "./bareEngine";
import { Answer, Batch, pipeVariable, Prepare } from "./bareLoopProtocol";
import { ProductEngine } from "./productEngine";

const engineModule = path.join(process.cwd(), "out/test/bench/engineWithBareLoop.entry.cjs");

/** Bare loops in the product's process, over its context. */
class BareBeside {
	readonly #connection: MessageConnection;

	constructor(connection: MessageConnection) {
		this.#connection = connection;
	}

	answer(system: string, question: string, maxTokens: number): Promise<Measured> {
		return this.#connection.sendRequest(Answer, { system, question, maxTokens });
	}

	/** Returns the milliseconds for one batch of `tokens` tokens, with the logits of each. */
	batchMs(tokens: number): Promise<number> {
		return this.#connection.sendRequest(Batch, tokens);
	}

	stop(): void {
		this.#connection.dispose();
	}
}

/** The product, and bare loops over the same loaded model and context. Only one of them runs at a time. */
export class EnginesOverOneContext {
	readonly product: ProductEngine;
	readonly bare: BareBeside;

	private constructor(product: ProductEngine, bare: BareBeside) {
		this.product = product;
		this.bare = bare;
	}

	static async start(settings: {
		readonly model: string;
		readonly threads: number;
		readonly contextTokens: number;
	}): Promise<EnginesOverOneContext> {
		const pipe = generateRandomPipeName();
		process.env[pipeVariable] = pipe;
		const transport = await createClientPipeTransport(pipe);
		const product = await ProductEngine.start(settings, engineModule);
		const connection = createMessageConnection(...(await transport.onConnected()));
		connection.listen();
		await connection.sendRequest(Prepare);
		return new EnginesOverOneContext(product, new BareBeside(connection));
	}

	async stop(): Promise<void> {
		this.bare.stop();
		await this.product.stop();
	}
}
