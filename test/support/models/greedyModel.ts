import { Template } from "@huggingface/jinja";
import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import { AnswerText } from "../../../src/inference/llama/answerText";
import type { Message } from "../../../src/protocol/inference/inference";

/** A model without our engine that always picks the most likely token. */
export class GreedyModel {
	readonly #model: LlamaModel;
	readonly #template: Template;
	readonly #sequence: LlamaContextSequence;

	private constructor(model: LlamaModel, template: Template, sequence: LlamaContextSequence) {
		this.#model = model;
		this.#template = template;
		this.#sequence = sequence;
	}

	/** Loads a model on the CPU, with one thread. */
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
	 * Tokenizes a conversation with the model's own template. No word may become a special token.
	 *
	 * @param messages without the beginning of an answer
	 * @param begun text after the template's start of the answer; each piece is tokenized separately
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

	/** Returns the tokens that follow the given ones, up to the model's own end. */
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
	 * Returns whether two tokens were practically equally likely where `other` departs from the completion. The last
	 * digits of llama.cpp's sums depend on how a prompt is split into batches.
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

	/** Returns how much more likely the next token is than the second most likely one, from 0 to 1. */
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
