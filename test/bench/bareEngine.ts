import type { ChatWrapper, Llama, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import { demoModel } from "../support/models/localModelFixture";
import { median } from "./median";

/** One answer, as the user who waits for it experiences it. */
export interface Measured {
	readonly firstTokenMs: number;
	/** From the first token to the end, in milliseconds. */
	readonly decodeMs: number;
	readonly tokens: number;
	readonly text: string;
}

/** The number of measured batches of each size. */
const batchRounds = 9;

/** The minimum with node-llama-cpp: a prompt, a loop, and the text. */
export class BareEngine {
	readonly #llama: Llama;
	readonly #model: LlamaModel;
	readonly #chatWrapper: ChatWrapper;
	readonly #sequence: LlamaContextSequence;
	readonly #evaluate: LlamaContextSequence["evaluate"];

	private constructor(
		sequence: LlamaContextSequence,
		evaluate: LlamaContextSequence["evaluate"],
		chatWrapper: ChatWrapper,
	) {
		this.#llama = sequence.model.llama;
		this.#model = sequence.model;
		this.#chatWrapper = chatWrapper;
		this.#sequence = sequence;
		this.#evaluate = evaluate;
	}

	static async start({
		model: modelPath = demoModel,
		threads = 1,
		contextTokens = 4096,
	} = {}): Promise<BareEngine> {
		const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
		const llama = await getLlama({
			gpu: false,
			build: "never",
			skipDownload: true,
			progressLogs: false,
			maxThreads: threads,
			logLevel: LlamaLogLevel.error,
		});
		const model = await llama.loadModel({ modelPath });
		const context = await model.createContext({ contextSize: contextTokens, threads });
		return BareEngine.over(context.getSequence());
	}

	/** Creates an engine over a sequence that another engine owns, and does not use in the meantime. */
	static async over(sequence: LlamaContextSequence): Promise<BareEngine> {
		const { LlamaContextSequence, resolveChatWrapper } = await import("node-llama-cpp");
		// Not the sequence's own method, which the product may have replaced.
		const evaluate: LlamaContextSequence["evaluate"] = (tokens, options) =>
			LlamaContextSequence.prototype.evaluate.call(sequence, tokens, options);
		return new BareEngine(sequence, evaluate, resolveChatWrapper(sequence.model));
	}

	/** @param threads at most the number that it was started with */
	useThreads(threads: number): void {
		this.#llama.maxThreads = threads;
	}

	async answer(system: string, question: string, maxTokens = Infinity): Promise<Measured> {
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
		for await (const token of this.#evaluate(fresh, { temperature: 0 })) {
			firstAt ||= performance.now();
			tokens += 1;
			text += this.#model.detokenize([token]);
			if (tokens === maxTokens) {
				break;
			}
		}
		const endedAt = performance.now();
		return { firstTokenMs: firstAt - startedAt, decodeMs: endedAt - firstAt, tokens, text };
	}

	/** Returns the milliseconds for one batch of `tokens` tokens, with the logits of each. */
	async batchMs(tokens: number): Promise<number> {
		const start = this.#sequence.nextTokenIndex;
		const [token] = this.#model.tokenize(" the");
		if (token === undefined) {
			throw new Error("The vocabulary has no words.");
		}
		const generateNext = { token: true };
		const measured: number[] = [];
		for (let round = 0; round < batchRounds; round++) {
			const batch = Array.from({ length: tokens }, () => [token, { generateNext }] as const);
			const startedAt = performance.now();
			await this.#sequence.controlledEvaluate(batch.map(([each, options]) => [each, options]));
			measured.push(performance.now() - startedAt);
			await this.#sequence.eraseContextTokenRanges([{ start, end: this.#sequence.nextTokenIndex }]);
		}
		return median(measured);
	}

	async stop(): Promise<void> {
		await this.#model.dispose();
	}
}
