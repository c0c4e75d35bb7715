import assert from "node:assert/strict";
import type { LlamaContextSequence } from "node-llama-cpp";
import { loadModel } from "../../../src/inference/llama/loadModel";
import type { LoadedModel } from "../../../src/inference/llama/loadedModel";
import { RecentLines } from "../../../src/inference/recentLines";
import type { AnswerStats } from "../../../src/protocol/chat/chat";
import type { PromptMessages, Message } from "../../../src/protocol/inference/inference";
import { GreedyModel } from "../../support/models/greedyModel";
import { knownAnswers } from "../../support/models/knownAnswers";
import { demoModel } from "../../support/models/localModelFixture";
import { chosenSeed, seededRandom } from "../../support/random";
import { never, Transcript } from "./describeLanguageModel";

const seed = chosenSeed();
const prompts = 200;

describe(`drafts of what the text repeats (seed ${seed})`, function () {
	this.timeout(120_000);
	let model: LoadedModel;
	let bare: GreedyModel;
	/** Of the tokens that were guessed and verified since the test began. */
	let guessed = 0;
	let accepted = 0;
	let unwatch: () => void;

	before(async () => {
		const library = await import("node-llama-cpp");
		bare = await GreedyModel.load(demoModel);
		const llama = await library.getLlama({ gpu: false, build: "never", skipDownload: true });
		llama.logLevel = library.LlamaLogLevel.error;
		const written = new RecentLines(1);
		const log = (): void => undefined;
		const context = { library, llama, gpu: "off", written, log } as const;
		const options = {
			path: demoModel,
			contextTokens: 4096,
			gpuLayers: "auto",
			threads: 1,
		} as const;
		const loaded = await loadModel(context, options, () => undefined, never);
		assert.ok(loaded);
		model = loaded;
		const { prototype } = library.LlamaContextSequence;
		unwatch = watchDrafts(prototype, (wrong, right) => {
			guessed += wrong + right;
			accepted += right;
		});
	});
	beforeEach(() => {
		guessed = 0;
		accepted = 0;
	});
	after(async () => {
		unwatch();
		await model.dispose();
		await bare.dispose();
	});

	async function answer(
		messages: PromptMessages,
		options: { maxTokens: number; temperature?: number },
	): Promise<AnswerStats & { text: string }> {
		const heard = new Transcript();
		const { stats } = await model.generate({ temperature: 0, ...options, messages }, heard, never);
		assert.ok(stats);
		return { ...stats, text: heard.text("reply") };
	}

	it(`give the answers of greedy decoding, token by token, to ${prompts} prompts`, async () => {
		const random = seededRandom(seed);
		let tied = 0;
		for (let count = 0; count < prompts; count++) {
			const messages = conversation(random);
			const maxTokens = 60;
			const prompt = bare.promptTokens(messages);
			const tokens = await bare.complete(prompt, maxTokens);
			const { text } = await answer(messages, { maxTokens });
			if (text !== bare.text(tokens)) {
				assert.ok(await bare.isTied(prompt, tokens, text), JSON.stringify(messages.at(-1)));
				tied += 1;
			}
		}
		assert.ok(tied <= prompts / 50, `${tied} answers differ where two tokens tie`);
		assert.ok(accepted > 300, `${accepted} of ${guessed} guesses were right`);
		assert.ok(guessed > accepted, "no guess was refused");
	});

	describe("in an answer that repeats one before it", () => {
		const again = (text: string): PromptMessages => {
			const known = knownAnswers().find(({ messages }) => messages[1]?.text === text);
			assert.ok(known);
			const [system, question] = known.messages;
			return [system!, question!, { role: "assistant", text: known.answer }, question!];
		};

		it("allow it to be continued where it was cut, without evaluating anything again", async () => {
			const table = again("Show a table of animals with 5 rows");
			for (let maxTokens = 20; maxTokens < 50; maxTokens++) {
				const { text } = await answer(table, { maxTokens });
				assert.ok(table[2]?.text.startsWith(text));
				const begun: PromptMessages = [...table, { role: "assistant", text }];
				const { evaluatedTokens } = await answer(begun, { maxTokens: 1 });
				assert.ok(evaluatedTokens <= 2, `${evaluatedTokens} tokens were evaluated`);
			}
			assert.ok(accepted > 100, `${accepted} of ${guessed} guesses were right`);
		});

		it("are verified at a temperature, too, which samples again each time", async () => {
			const story = again("Write a long story");
			const texts = new Set<string>();
			for (let round = 0; round < 10; round++) {
				texts.add((await answer(story, { maxTokens: 60, temperature: 1.5 })).text);
			}
			assert.ok(texts.size > 5, `${texts.size} of 10 answers differ`);
			assert.ok(guessed > 0);
		});
	});
});

/** @returns a conversation in which the last question may be an earlier one, so that its answer may be. */
function conversation(random: () => number): PromptMessages {
	const known = knownAnswers();
	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
	const past = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(known));
	const turns = past.flatMap(({ messages, answer }): Message[] => [
		messages.at(-1)!,
		{ role: "assistant", text: answer.slice(0, 300) },
	]);
	const question = random() < 0.5 ? pick(past) : pick(known);
	return [known[0]!.messages[0]!, ...turns, question.messages.at(-1)!];
}

/** Listens to the batches in which guesses are verified. @returns what ends it */
function watchDrafts(
	prototype: LlamaContextSequence,
	onDraft: (wrong: number, right: number) => void,
): () => void {
	const original = Object.getOwnPropertyDescriptor(prototype, "controlledEvaluate");
	const evaluate = original?.value as LlamaContextSequence["controlledEvaluate"];
	prototype.controlledEvaluate = async function (input, options) {
		const output = await evaluate.call(this, input, options);
		const guesses = input.slice(1).map((item) => (Array.isArray(item) ? item[0] : item));
		const firstWrong = guesses.findIndex((guess, index) => output[index]?.next.token !== guess);
		const right = firstWrong < 0 ? guesses.length : firstWrong;
		onDraft(guesses.length - right, right);
		return output;
	};
	return () => {
		prototype.controlledEvaluate = evaluate;
	};
}
