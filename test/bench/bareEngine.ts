import type { ChatWrapper, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import { demoModel } from "../support/localBackendFixture";

/** One answer as the person who waits for it sees it. */
export interface Measured {
	readonly firstTokenMs: number;
	/** From the first token to the end. */
	readonly decodeMs: number;
	readonly tokens: number;
	readonly text: string;
}

/** The least that can be written with node-llama-cpp: a prompt, a loop, the text. */
export class BareEngine {
	readonly #model: LlamaModel;
	readonly #chatWrapper: ChatWrapper;
	readonly #sequence: LlamaContextSequence;

	private constructor(model: LlamaModel, chatWrapper: ChatWrapper, sequence: LlamaContextSequence) {
		this.#model = model;
		this.#chatWrapper = chatWrapper;
		this.#sequence = sequence;
	}

	static async start(): Promise<BareEngine> {
		const { getLlama, LlamaLogLevel, resolveChatWrapper } = await import("node-llama-cpp");
		const llama = await getLlama({
			gpu: false,
			build: "never",
			skipDownload: true,
			progressLogs: false,
			maxThreads: 1,
			logLevel: LlamaLogLevel.error,
		});
		const model = await llama.loadModel({ modelPath: demoModel });
		const context = await model.createContext({ contextSize: 4096, threads: 1 });
		return new BareEngine(model, resolveChatWrapper(model), context.getSequence());
	}

	async answer(system: string, question: string): Promise<Measured> {
		const startedAt = performance.now();
		const { contextText } = this.#chatWrapper.generateContextState({
			chatHistory: [
				{ type: "system", text: system },
				{ type: "user", text: question },
				{ type: "model", response: [] },
			],
		});
		const prompt = contextText.tokenize(this.#model.tokenizer);
		await this.#sequence.adaptStateToTokens(prompt.slice(0, -1), false);
		const fresh = prompt.slice(this.#sequence.nextTokenIndex);
		let firstAt = 0;
		let tokens = 0;
		let text = "";
		for await (const token of this.#sequence.evaluate(fresh, { temperature: 0 })) {
			firstAt ||= performance.now();
			tokens += 1;
			text += this.#model.detokenize([token]);
		}
		const endedAt = performance.now();
		return { firstTokenMs: firstAt - startedAt, decodeMs: endedAt - firstAt, tokens, text };
	}
}
