import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import type { PromptMessages } from "../../protocol/inference/inference";
import { FailureError } from "../../protocol/failureError";
import type { TemplateStandIn, Thinking } from "../../protocol/chat/thinking";
import { answerMarks, type AnswerMarks } from "../template/answerMarks";
import type { ChatTemplate, FirstWords, PromptText } from "../template/chatTemplate";
import { readTemplate, templateErrorReason } from "../template/readTemplate";
import type { Vocabulary } from "../template/vocabulary";
import { readVocabulary } from "./modelVocabulary";
import { promptTokens } from "./promptTokens";

/** A prompt as text and as tokens. */
export interface RenderedPrompt extends PromptText {
	readonly tokens: readonly Token[];
}

/** A model with the chat template and vocabulary of its file. */
export class ChatModel {
	readonly model: LlamaModel;
	readonly sequence: LlamaContextSequence;
	readonly template: ChatTemplate;
	readonly standIn: TemplateStandIn | undefined;
	readonly marks: AnswerMarks;
	readonly #vocabulary: Vocabulary;
	readonly #specials: ReadonlyMap<number, string>;

	constructor(model: LlamaModel, sequence: LlamaContextSequence) {
		this.model = model;
		this.sequence = sequence;
		this.#vocabulary = readVocabulary(model);
		const source = model.fileInfo.metadata.tokenizer.chat_template;
		const { template, standIn } = readTemplate(source, this.#vocabulary);
		this.template = template;
		this.standIn = standIn;
		this.marks = answerMarks(template, this.#vocabulary);
		this.#specials = new Map(this.#vocabulary.specials.map(({ token, text }) => [token, text]));
	}

	/** @throws {FailureError} `templateRefused` */
	prompt(messages: PromptMessages, thinking: Thinking | undefined): RenderedPrompt {
		const text = this.#promptText(messages, thinking);
		return { ...text, tokens: promptTokens(this.model, this.#vocabulary, text) };
	}

	/** Returns the text of a special token; `undefined` for any other token. */
	specialText(token: Token): string | undefined {
		return this.#specials.get(token);
	}

	/** Returns the tokens of a mark that a template puts between the parts of an answer. */
	markTokens(mark: string): Token[] {
		return this.model.tokenize(mark, true, "trimLeadingSpace");
	}

	/** Returns the tokens of ordinary text. */
	wordTokens(words: string): Token[] {
		return this.model.tokenize(words, false, "trimLeadingSpace");
	}

	/** Returns the tokens that make the model begin its reply where it would otherwise begin or continue a thought. */
	skippedThought(writes: FirstWords): Token[] {
		const { thought } = this.template.form;
		if (!thought || (writes !== "thought" && writes !== "either")) {
			return [];
		}
		return this.markTokens((writes === "thought" ? "" : thought.open) + thought.close);
	}

	#promptText(messages: PromptMessages, thinking: Thinking | undefined): PromptText {
		try {
			return this.template.prompt(messages, thinking);
		} catch (error) {
			throw new FailureError({ kind: "templateRefused", reason: templateErrorReason(error) });
		}
	}
}
