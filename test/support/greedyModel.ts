import type { ChatWrapper, LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import { toHistory } from "../../src/inference/llama/prompt";
import { AnswerText } from "../../src/inference/llama/answerText";
import type { Conversation } from "../../src/protocol/inference";

/** A model with nothing of our engine around it, which always takes the likeliest token. */
export class GreedyModel {
	readonly #model: LlamaModel;
	readonly #chatWrapper: ChatWrapper;
	readonly #sequence: LlamaContextSequence;

	private constructor(model: LlamaModel, chatWrapper: ChatWrapper, sequence: LlamaContextSequence) {
		this.#model = model;
		this.#chatWrapper = chatWrapper;
		this.#sequence = sequence;
	}

	/** Loads a model on the processor, with one thread. */
	static async load(modelPath: string): Promise<GreedyModel> {
		const { getLlama, LlamaLogLevel, resolveChatWrapper } = await import("node-llama-cpp");
		const llama = await getLlama({
			gpu: false,
			build: "never",
			skipDownload: true,
			progressLogs: false,
			maxThreads: 1,
			logLevel: LlamaLogLevel.error,
		});
		const model = await llama.loadModel({ modelPath });
		const context = await model.createContext({ contextSize: 4096, threads: 1 });
		return new GreedyModel(model, resolveChatWrapper(model), context.getSequence());
	}

	async dispose(): Promise<void> {
		await this.#model.dispose();
	}

	/**
	 * @param messages without the beginning of an answer
	 * @param begun what stands behind the template's beginning of the answer, each piece apart from the next
	 * @returns the tokens that the model is given
	 */
	promptTokens(messages: Conversation, begun: readonly string[] = []): readonly Token[] {
		const { contextText } = this.#chatWrapper.generateContextState({
			chatHistory: [...toHistory(messages, false), { type: "model", response: [] }],
		});
		return [
			...contextText.tokenize(this.#model.tokenizer),
			...begun.flatMap((piece) => this.#model.tokenize(piece)),
		];
	}

	/** @returns the tokens that follow those given, up to the model's own end. */
	async complete(prompt: readonly Token[], maxTokens: number): Promise<readonly Token[]> {
		await this.#sequence.adaptStateToTokens(prompt.slice(0, -1), false);
		const fresh = prompt.slice(this.#sequence.nextTokenIndex);
		const tokens: Token[] = [];
		for await (const token of this.#sequence.evaluate(fresh, { temperature: 0 })) {
			tokens.push(token);
			if (tokens.length === maxTokens) {
				break;
			}
		}
		return tokens;
	}

	/**
	 * Whether two tokens are as good as equally likely where `other` departs from what was completed: llama.cpp's sums
	 * differ in the last digits with how a prompt is cut into batches.
	 */
	async isTied(
		prompt: readonly Token[],
		completed: readonly Token[],
		other: string,
	): Promise<boolean> {
		const common = completed.findIndex(
			(_, index) => !other.startsWith(this.text(completed.slice(0, index + 1))),
		);
		return (await this.#lead([...prompt, ...completed.slice(0, common)])) < 0.02;
	}

	tokens(text: string): readonly Token[] {
		return this.#model.tokenize(text);
	}

	text(tokens: readonly Token[]): string {
		return new AnswerText(this.#model).next(tokens, this.#model.detokenize(tokens));
	}

	/** @returns by how much the token that comes next is likelier than the second likeliest, 0 to 1. */
	async #lead(prompt: readonly Token[]): Promise<number> {
		await this.#sequence.adaptStateToTokens(prompt.slice(0, -1), false);
		const fresh = prompt.slice(this.#sequence.nextTokenIndex);
		const metadata = { probabilities: true } as const;
		for await (const { probabilities } of this.#sequence.evaluateWithMetadata(fresh, metadata)) {
			const [first = 0, second = 0] = [...probabilities.values()].sort((a, b) => b - a);
			return first - second;
		}
		return 1;
	}
}
