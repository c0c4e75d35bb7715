import assert from "node:assert/strict";
import path from "node:path";
import { writeVocabularyModel, type AddedToken } from "../../../scripts/lib/vocabularyModel.mjs";
import type { GenerateOptions } from "../../../src/extension/inference/languageModel";
import type {
	AnswerBeginning,
	Generated,
	Message,
} from "../../../src/protocol/inference/inference";
import type { ModelInfo } from "../../../src/protocol/inference/model";
import { temporaryFolder } from "../../support/temporaryFolder";
import { createLocalLanguageModel, inferenceModule } from "../../support/models/localModelFixture";
import { never, options, Transcript } from "./describeLanguageModel";

const control = (...texts: string[]): AddedToken[] =>
	texts.map((text) => ({ text, kind: "control" }));
const userDefined = (...texts: string[]): AddedToken[] =>
	texts.map((text) => ({ text, kind: "userDefined" }));
/** Tokens that are letters, spelled as the vocabulary spells them. */
const letters = (...texts: string[]): AddedToken[] =>
	texts.map((text) => ({ text: text.replaceAll(" ", "Ġ").replaceAll("\n", "Ċ"), kind: "normal" }));

const plain =
	"{% for m in messages %}{{ '<|u|>' + m.role + m.content }}{% endfor %}{% if add_generation_prompt %}{{ '<|a|>' }}{% endif %}";
const prefilled = plain.replace("'<|a|>'", "'<|a|><think>'");

interface Recited {
	readonly info: ModelInfo;
	readonly generated: Generated;
	readonly heard: Transcript;
	readonly reply: string;
	readonly thought: string;
}

describe("an answer of the real engine, by the tokens that it is made of", function () {
	this.timeout(60_000);
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	let count = 0;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	/** Has a model say tokens behind a prompt's last one, and then its end. */
	async function recite(
		said: readonly AddedToken[],
		{
			template = plain,
			start = "<|a|>",
			beginning,
			onPiece,
			...asked
		}: Partial<GenerateOptions> & {
			template?: string;
			start?: string;
			beginning?: Omit<AnswerBeginning, "role">;
			onPiece?: (count: number) => void;
		} = {},
	): Promise<Recited> {
		count += 1;
		const file = path.join(folder.path, `${count}.gguf`);
		const marks = [...control("<|u|>", "<|a|>"), ...userDefined("<think>", "</think>")];
		await writeVocabularyModel(file, {
			template,
			added: [...marks, ...said],
			recited: [start, ...said.map(({ text }) => text), "<|eot_id|>"],
		});
		const { languageModel } = createLocalLanguageModel(inferenceModule, { model: file });
		try {
			const info = await languageModel.prepare(never);
			assert.ok(info);
			const heard = new Transcript();
			heard.onPiece = onPiece ?? heard.onPiece;
			const messages: Message[] = [{ role: "user", text: "Why?" }];
			const generated = await languageModel.generate(
				beginning ? [...messages, { role: "assistant", ...beginning }] : messages,
				{ ...options, maxTokens: 60, ...asked },
				heard,
				never,
			);
			const [reply, thought] = [heard.text("reply"), heard.text("thought")];
			return { info, generated, heard, reply, thought };
		} finally {
			await languageModel.unload();
		}
	}

	const think = userDefined("<think>");
	const endThink = userDefined("</think>");

	it("is told apart by the tokens of its marks, and letters of them are text", async () => {
		const inThought = letters("\nIt is `", "</th", "ink>", "`.\n");
		const inReply = letters("\n\nSo:\n```\n", "<th", "ink>x", "\n```\n");
		const { thought, reply } = await recite([...think, ...inThought, ...endThink, ...inReply]);
		assert.equal(thought, "It is `</think>`.");
		assert.equal(reply, "So:\n```\n<think>x\n```\n");
	});

	it("is a thought at first where the prompt begins one", async () => {
		const said = [...letters("\nHm.", "\n"), ...endThink, ...letters("\n\n", "Yes.")];
		const { info, thought, reply } = await recite(said, { template: prefilled, start: "<think>" });
		assert.deepEqual([thought, reply], ["Hm.", "Yes."]);
		assert.equal(info.thinking.kind, "thinks");
	});

	it("has a thought where it begins with one in letters, of a model whose template knows of none", async () => {
		const said = letters("<thi", "nk>\n", "Hm.", "\n</", "think>", "\n\nYes.");
		const { info, thought, reply } = await recite(said);
		assert.deepEqual([thought, reply], ["Hm.", "Yes."]);
		assert.deepEqual(info.thinking, { kind: "none" });
	});

	it("ends with the model's own end, not with letters of it", async () => {
		const said = letters("Write <|", "eot_id", "|> and ", "<|im_", "end|> ", "there.");
		const { generated, reply } = await recite(said);
		assert.equal(reply, "Write <|eot_id|> and <|im_end|> there.");
		assert.equal(generated.ending, "complete");
	});

	it("ends with the token that the template puts behind an answer", async () => {
		const template = `{% for m in messages %}{{ '<|u|>' + m.content + '<|done|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|a|>' }}{% endif %}`;
		const said = [...letters("Yes."), ...control("<|done|>"), ...letters("No.")];
		const { generated, reply } = await recite(said, { template });
		assert.equal(reply, "Yes.");
		assert.equal(generated.ending, "complete");
	});

	describe("of a model that thinks without end", () => {
		/** The thought's tokens go round in a ring; only its end lets the reply come. */
		const round = letters(" hm", " so", " but");
		const reply = letters("Yes.");
		const said = [...endThink, ...reply];

		it("has at most the thoughts that its budget allows", async () => {
			const many = letters(...Array.from({ length: 30 }, (_, index) => ` w${index}`));
			const result = await recite([...many, ...said], {
				template: prefilled,
				start: "<think>",
				thinking: 5,
			});
			assert.equal(result.thought, "w0 w1 w2 w3 w4");
			assert.equal(result.reply, "Yes.");
		});

		it("has no thought with thinking off", async () => {
			const result = await recite([...round, ...said], {
				template: prefilled,
				start: "<think>",
				thinking: "off",
			});
			assert.deepEqual([result.thought, result.reply], ["", "Yes."]);
		});

		it("begins its reply when the answer is asked for now", async () => {
			const many = letters(...Array.from({ length: 300 }, (_, index) => ` w${index}`));
			const now = new AbortController();
			const result = await recite([...many, ...said], {
				template: prefilled,
				start: "<think>",
				maxTokens: 320,
				answerNow: now.signal,
				onPiece: () => {
					now.abort();
				},
			});
			assert.match(result.thought, /^w0 w1/);
			assert.ok(!result.thought.includes("w299"), result.thought.slice(-20));
			assert.equal(result.reply, "Yes.");
		});

		it("begins its reply at once when the answer was asked for before", async () => {
			const result = await recite([...round, ...said], {
				template: prefilled,
				start: "<think>",
				answerNow: AbortSignal.abort(),
			});
			assert.deepEqual([result.thought, result.reply], ["", "Yes."]);
		});
	});

	it("continues a thought, and then the reply", async () => {
		const said = [...letters(" more"), ...endThink, ...letters("Yes.")];
		const { thought, reply } = await recite(said, {
			template: prefilled,
			start: "!",
			beginning: { text: "", thought: "Hm!" },
		});
		assert.deepEqual([thought, reply], [" more", "Yes."]);
	});

	for (const [name, template, problem] of [
		["has no chat template", "", "missing"],
		["has one that is no Jinja", "{% for m in %}", "unusable"],
		["has one that shows no question", "{{ bos_token }}", "unusable"],
	] as const) {
		it(`comes from a model that ${name}, and the problem is reported`, async () => {
			const { info, generated } = await recite(letters("Yes."), { template, maxTokens: 3 });
			assert.equal(info.templateStandIn?.problem.kind, problem);
			assert.equal(info.templateStandIn.format, "Llama 3");
			assert.equal(generated.ending, "maxTokens");
		});
	}
});
