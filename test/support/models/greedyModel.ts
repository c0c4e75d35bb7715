import { Template } from "@huggingface/jinja";
import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import { AnswerText } from "../../../src/inference/llama/answerText";
import type { Message } from "../../../src/protocol/inference/inference";

/** A model with nothing of our engine around it, which always takes the likeliest token. */
export class GreedyModel {
	readonly #model: LlamaModel;
	readonly #template: Template;
	readonly #sequence: LlamaContextSequence;

	private constructor(model: LlamaModel, template: Template, sequence: LlamaContextSequence) {
		this.#model = model;
		this.#template = template;
		this.#sequence = sequence;
	}

	/** Loads a model on the processor, with one thread. */
	static async load(modelPath: string): Promise<GreedyModel> {
		const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
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
		const template = new Template(model.fileInfo.metadata.tokenizer.chat_template ?? "");
		return new GreedyModel(model, template, context.getSequence());
	}

	async dispose(): Promise<void> {
		await this.#model.dispose();
	}

	/**
	 * Puts a conversation into tokens as the model's template has it: no word of it may look like a special token.
	 *
	 * @param messages without the beginning of an answer
	 * @param begun what stands behind the template's beginning of the answer, each piece apart from the next
	 */
	promptTokens(messages: readonly Message[], begun: readonly string[] = []): readonly Token[] {
		const { bosString, eosString } = this.#model.tokens;
		const text = this.#template.render({
			messages: messages.map(({ role, text }) => ({ role, content: text })),
			add_generation_prompt: true,
			bos_token: bosString ?? "",
			eos_token: eosString ?? "",
		});
		return [
			...this.#model.tokenize(text, true),
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
		const text = new AnswerText(this.#model);
		return tokens.map((token) => text.next(token)).join("");
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
