import assert from "node:assert/strict";
import type { TextChannel } from "../../../src/protocol/chat/chatEvent";
import type { AnswerBeginning, PromptMessages } from "../../../src/protocol/inference/inference";
import { damagedModel } from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { plainTemplate, thinkingTemplate, withTemplate } from "../../support/models/chatTemplates";
import { GreedyModel } from "../../support/models/greedyModel";
import { knownAnswers } from "../../support/models/knownAnswers";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { chosenSeed, seededRandom } from "../../support/random";
import { ask, never, options, Transcript } from "./describeLanguageModel";

const seed = chosenSeed();
/** How many cuts are tried of each kind. */
const cuts = Number(process.env.CUTS ?? 25);

describe(`continuing an answer of the real engine (seed ${seed})`, function () {
	this.timeout(60_000 + cuts * 10_000);
	const random = seededRandom(seed);
	let fixture: LocalModelFixture;
	let bare: GreedyModel;

	async function load(model: string): Promise<void> {
		fixture = createLocalLanguageModel(inferenceModule, { model });
		bare = await GreedyModel.load(model);
		await fixture.languageModel.prepare(never);
	}

	async function unload(): Promise<void> {
		await fixture.languageModel.unload();
		await bare.dispose();
	}

	/** @returns what the engine adds. */
	async function added(
		messages: PromptMessages,
		beginning: Omit<AnswerBeginning, "role">,
		maxTokens = options.maxTokens,
	): Promise<Record<TextChannel, string>> {
		const heard = new Transcript();
		const begun: PromptMessages = [...messages, { role: "assistant", ...beginning }];
		await fixture.languageModel.generate(begun, { ...options, maxTokens }, heard, never);
		return { reply: heard.text("reply"), thought: heard.text("thought") };
	}

	/** @returns what one greedy call adds that is handed the same text, in these pieces. */
	async function addedBare(
		messages: PromptMessages,
		begun: readonly string[],
		maxTokens = options.maxTokens,
	): Promise<string> {
		return bare.text(await bare.complete(bare.promptTokens(messages, begun), maxTokens));
	}

	const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

	describe("with the demo model", () => {
		before(() => load(demoModel));
		after(unload);

		it("gives the whole that an uninterrupted answer is, after a cut behind any token", async () => {
			const exchanges = knownAnswers();
			for (let tried = 0; tried < cuts; tried++) {
				const { messages, answer } = pick(exchanges);
				const tokens = await bare.complete(bare.promptTokens(messages), options.maxTokens);
				const cut = bare.text(tokens.slice(0, Math.floor(random() * tokens.length)));
				const { reply } = await added(messages, { text: cut });
				assert.equal(cut + reply, answer, `cut behind ${JSON.stringify(cut.slice(-20))}`);
			}
		});

		it("sees behind every token of every known answer the very tokens that it had generated", async () => {
			let boundaries = 0;
			for (const { messages } of knownAnswers()) {
				const prompt = bare.promptTokens(messages);
				const tokens = await bare.complete(prompt, options.maxTokens);
				for (let length = 1; length <= tokens.length; length++) {
					const generated = tokens.slice(0, length);
					assert.deepEqual(bare.promptTokens(messages, [bare.text(generated)]), [
						...prompt,
						...generated,
					]);
					boundaries += 1;
				}
			}
			assert.ok(boundaries > 3000);
		});

		it("gives what one greedy call gives that is handed the same text, cut behind any character, but where two tokens tie", async () => {
			for (let tried = 0; tried < cuts; tried++) {
				const { messages, answer } = pick(knownAnswers());
				const text = answer.slice(0, 1 + Math.floor(random() * (answer.length - 1)));
				const { reply } = await added(messages, { text }, 40);
				const prompt = bare.promptTokens(messages, [text]);
				const tokens = await bare.complete(prompt, 40);
				if (reply !== bare.text(tokens) && !(await bare.isTied(prompt, tokens, reply))) {
					assert.equal(reply, bare.text(tokens), JSON.stringify(text));
				}
			}
		});

		it("puts tokens into the very text that they were made of", () => {
			const texts = [
				"git add . && ls ./src || find . -name '*.ts' ! -empty",
				"a != b ? c : !d, x , y ; it 's ' 't'  ",
				"\tif (a) {\n\t\treturn;\n\t}\n\n",
				"é → … 😀 日本語",
			];
			for (const text of texts) {
				assert.equal(bare.text(bare.tokens(text)), text);
			}
		});

		it("keeps white space, a code fence and words as they were cut", async () => {
			const code = ask("Write a function that adds two numbers in TypeScript");
			const cutTexts = [
				"Here is the",
				"Here is the ",
				"Here is the function in TypeScript:\n",
				"Here is the function in TypeScript:\n\n```",
				"Here is the function in TypeScript:\n\n```typescript\nfunction add(a: number, b: number): number {\n ",
				"  Here",
				"\n\nHere",
			];
			for (const text of cutTexts) {
				const { reply } = await added(code, { text }, 40);
				assert.equal(reply, await addedBare(code, [text], 40), JSON.stringify(text));
			}
		});

		it("evaluates nothing again of what the context holds from before", async () => {
			const story = ask("Write a long story");
			const heard = new Transcript();
			await fixture.languageModel.generate(story, { ...options, maxTokens: 100 }, heard, never);
			const begun: PromptMessages = [...story, { role: "assistant", text: heard.text("reply") }];
			const few = { ...options, maxTokens: 1 };
			const { stats } = await fixture.languageModel.generate(begun, few, new Transcript(), never);
			assert.ok(stats && stats.promptTokens > 120);
			assert.ok(stats.evaluatedTokens <= 2, `${stats.evaluatedTokens} tokens were evaluated`);
		});

		it("leaves out a thought of another model, for which the template has no place", async () => {
			const { reply } = await added(ask("Who are you?"), { text: "I am", thought: "Hm" });
			assert.equal(reply, " a tiny demo model.");
		});
	});

	const templates = {
		"that drops white space at the beginning of an answer": plainTemplate,
		"for a model that thinks": thinkingTemplate,
	};
	for (const [name, template] of Object.entries(templates)) {
		describe(`with a template ${name}`, () => {
			let folder: Awaited<ReturnType<typeof temporaryFolder>>;

			before(async () => {
				folder = await temporaryFolder();
				await load(
					await damagedModel(folder.path, "template.gguf", (model) =>
						withTemplate(model, template),
					),
				);
			});
			after(async () => {
				await unload();
				await folder.remove();
			});

			it("goes on in the reply with the space that comes next", async () => {
				const question = ask("Who are you?");
				const { reply } = await added(question, { text: "I am" });
				assert.match(reply, /^ /);
				assert.equal(reply, await addedBare(question, ["I am"]));
			});

			if (template === thinkingTemplate) {
				it("thinks on where it was cut in a thought", async () => {
					const question = ask("Who are you?");
					const thought = "I am a tiny";
					const came = await added(question, { text: "", thought }, 20);
					assert.equal(came.reply, "");
					assert.equal(came.thought, await addedBare(question, ["<think>", thought], 20));
				});

				it("continues the reply after the thought before it", async () => {
					const question = ask("Who are you?");
					const pieces = ["<think>", "A model.", "</think>", "I am a"];
					const came = await added(question, { text: "I am a", thought: "A model." }, 20);
					assert.equal(came.thought, "");
					assert.equal(came.reply, await addedBare(question, pieces, 20));
				});
			}
		});
	}
});
