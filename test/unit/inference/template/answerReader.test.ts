import assert from "node:assert/strict";
import { answerMarks } from "../../../../src/inference/template/answerMarks";
import { AnswerReader, type AnswerToken } from "../../../../src/inference/template/answerReader";
import { ChatTemplate, type FirstWords } from "../../../../src/inference/template/chatTemplate";
import { templateShapes, vocabularyOf } from "../../../support/models/templateShapes";

interface Read {
	readonly thought: string;
	readonly reply: string;
}

/** Reads an answer in which special tokens are in separate lists, and each letter or word is a token. */
function read(
	shapeName: string,
	answer: readonly (string | readonly [string])[],
	{
		writes = "either",
		begun = "",
		cut = /[\s\S]/gu,
	}: Partial<{
		writes: FirstWords;
		begun: string;
		cut: RegExp;
	}> = {},
): Read {
	const shape = templateShapes.find(({ name }) => name.includes(shapeName))!;
	const vocabulary = vocabularyOf(shape.specials);
	const marks = answerMarks(new ChatTemplate(shape.source, vocabulary), vocabulary);
	return readWith(new AnswerReader(marks, writes, begun), answer, cut);
}

function readWith(
	reader: AnswerReader,
	answer: readonly (string | readonly [string])[],
	cut: RegExp,
): Read {
	const heard = { thought: "", reply: "" };
	const tokens = answer.flatMap((part): readonly AnswerToken[] =>
		typeof part === "string"
			? (part.match(cut) ?? []).map((text) => ({ text, special: undefined }))
			: [{ text: "", special: part[0] }],
	);
	for (const token of tokens) {
		if (token.special !== undefined && reader.isTurnEnd(token.special)) {
			break;
		}
		for (const { channel, text } of reader.push(token)) {
			heard[channel] += text;
		}
	}
	for (const { channel, text } of reader.end()) {
		heard[channel] += text;
	}
	return heard;
}

const open = ["<think>"] as const;
const close = ["</think>"] as const;

describe("an answer of a model whose vocabulary has marks for thoughts", () => {
	const shape = "the model begins, dropped";

	it("is divided at those tokens, without the white space around them", () => {
		const answer = [open, "\nHm.\n", close, "\n\nYes.\n"];
		assert.deepEqual(read(shape, answer), { thought: "Hm.", reply: "Yes.\n" });
	});

	it("has no thought where that is empty", () => {
		assert.deepEqual(read(shape, [open, "\n\n", close, "\n\nYes"]), { thought: "", reply: "Yes" });
	});

	it("is a thought from the start where the prompt begins one", () => {
		const answer = ["Hm.\n", close, "\n\nYes"];
		assert.deepEqual(read("kept in the past", answer, { writes: "thought" }), {
			thought: "Hm.",
			reply: "Yes",
		});
	});

	it("keeps the same letters as text, in a thought and in a reply", () => {
		const code = "Like this:\n```html\n<think>\n</think>\n```\nDone";
		assert.deepEqual(read(shape, [code]), { thought: "", reply: code });
		assert.deepEqual(read(shape, [open, "It ends with\n</think>\nthere.", close, code]), {
			thought: "It ends with\n</think>\nthere.",
			reply: code,
		});
	});

	it("keeps a mark's token as text in the middle of a reply", () => {
		const answer = ["Use `", open, "` here:\n```\n", open, "\n", close, "\n```\n"];
		assert.deepEqual(read(shape, answer), {
			thought: "",
			reply: "Use `<think>` here:\n```\n<think>\n</think>\n```\n",
		});
	});

	it("may contain another thought on a separate line", () => {
		const answer = [open, "A", close, "One.\n\n", open, "B", close, "\n\nTwo."];
		assert.deepEqual(read(shape, answer), { thought: "AB", reply: "One.\n\nTwo." });
	});

	it("shows nothing of an end without a beginning", () => {
		assert.deepEqual(read(shape, [close, "\n\nYes"]), { thought: "", reply: "Yes" });
	});

	it("is a thought that is cut where the answer ends in it", () => {
		assert.deepEqual(read(shape, [open, "Hm. \n"]), { thought: "Hm.", reply: "" });
	});

	it("ends with the token that the template puts behind an answer, not with its letters", () => {
		assert.equal(
			read(shape, ["Write <|im_end|> there", ["<|im_end|>"], "more"]).reply,
			"Write <|im_end|> there",
		);
	});
});

describe("an answer of a model whose vocabulary has no marks for thoughts", () => {
	const shape = "roles as tokens";
	const reply = (answer: string): string => read(shape, [answer]).reply;

	it("has a thought where it begins with one, in letters", () => {
		for (const cut of [/[\s\S]/gu, /\S+\s*|\s+/gu, /[\s\S]+/gu]) {
			assert.deepEqual(read(shape, ["<think>\nHm.\n</think>\n\nYes"], { cut }), {
				thought: "Hm.",
				reply: "Yes",
			});
			assert.deepEqual(read(shape, ["\n[THINK]Hm[/THINK]Yes"], { cut }), {
				thought: "Hm",
				reply: "Yes",
			});
		}
	});

	it("has none where it has letters of a mark later, or others at the beginning", () => {
		for (const text of [
			"Hi <think>a</think>",
			"```\n<think>\n```",
			"<thin",
			"<b>x</b>",
			"[THIN]",
			"<",
		]) {
			assert.equal(reply(text), text);
		}
	});

	it("has none where it begins with a tag that is ordinary XML", () => {
		for (const tag of ["reasoning", "thought", "thinking"]) {
			for (const text of [`<${tag}>\n<a/>\n</${tag}>`, `<${tag}>a</${tag}>\n\nYes`, `<${tag}>a`]) {
				assert.deepEqual(read(shape, [text]), { thought: "", reply: text });
			}
		}
	});

	it("has one where its template names such a tag, or its vocabulary has it", () => {
		const { source, specials } = templateShapes.find(({ name }) => name.includes(shape))!;
		const text = "<reasoning>Hm</reasoning>\n\nYes";
		const tokens = [["<reasoning>"], "Hm</reasoning>\n\nYes"] as const;
		const named = { source: `{# <reasoning> #}${source}`, vocabulary: vocabularyOf(specials) };
		const known = { source, vocabulary: vocabularyOf([...specials, "<reasoning>"]) };
		for (const { answer, ...of } of [
			{ ...named, answer: [text] },
			{ ...known, answer: tokens },
		]) {
			const marks = answerMarks(new ChatTemplate(of.source, of.vocabulary), of.vocabulary);
			assert.deepEqual(readWith(new AnswerReader(marks, "either", ""), answer, /[\s\S]/gu), {
				thought: "Hm",
				reply: "Yes",
			});
		}
	});

	it("is a reply too where it is nothing but a thought", () => {
		for (const text of ["<think>\n<a/>\n", "<think>Hm</think>", "<think>\nHm\n</think>\n\n"]) {
			for (const cut of [/[\s\S]/gu, /[\s\S]+/gu]) {
				assert.equal(read(shape, [text], { cut }).reply, text.trim());
			}
		}
	});

	it("leaves out blank lines and one space before a reply, and keeps an indent", () => {
		assert.equal(reply("\n\n Yes"), "Yes");
		assert.equal(reply(" Yes"), "Yes");
		assert.equal(reply("\n    code()"), "    code()");
	});

	it("does not end a thought with a mark that is spoken of", () => {
		const spokenOf = [
			"I must write `</think>` in it.",
			"The tag </think> is what ends it.",
			'He said "</think>", I think.',
			"See (</think>).",
			"```html\n</think>\n```",
		];
		for (const thought of spokenOf) {
			for (const cut of [/[\s\S]/gu, /[\s\S]+/gu]) {
				const answer = [`<think>\n${thought}\nSo.\n</think>\n\nYes`];
				assert.deepEqual(read(shape, answer, { cut }), {
					thought: `${thought}\nSo.`,
					reply: "Yes",
				});
			}
		}
	});

	it("ends a thought at a mark on a separate line, at the end of a line, or before the reply", () => {
		for (const end of ["\n</think>\n", "</think>\n\n", "</think>", " </think> "]) {
			assert.deepEqual(read(shape, [`<think>Hm.${end}Yes`]), { thought: "Hm.", reply: "Yes" }, end);
		}
	});
});

describe("an answer in parts with names", () => {
	const message = ["<|message|>"] as const;
	const channel = ["<|channel|>"] as const;
	const next = [["<|end|>"], ["<|start|>"], "assistant"] as const;

	it("is divided by the names", () => {
		const answer = [
			channel,
			"analysis",
			message,
			"Hm",
			...next,
			channel,
			"final",
			message,
			"Yes",
		] as const;
		assert.deepEqual(read("channels", answer), { thought: "Hm", reply: "Yes" });
	});

	it("has its names nowhere in its text, also of parts that are not known", () => {
		const answer = [
			...[channel, "analysis", message, "A", ...next, channel, "analysis", message, "B"],
			...[
				...next,
				channel,
				"commentary",
				message,
				"First. ",
				...next,
				channel,
				"final",
				message,
				"Yes",
			],
		] as const;
		assert.deepEqual(read("channels", answer), { thought: "AB", reply: "First. Yes" });
	});

	it("ends with its last part", () => {
		const answer = [channel, "final", message, "Yes", ["<|end|>"], "no"] as const;
		assert.deepEqual(read("channels", answer), { thought: "", reply: "Yes" });
	});

	it("is recognized by the names after and before a token, too", () => {
		const named = [["<|channel>"], "thought\nHm\n", ["<channel|>"], "Yes"] as const;
		assert.deepEqual(read("a channel with a name", named), { thought: "Hm", reply: "Yes" });
		const recipient = [
			...[
				" to=self",
				message,
				"Hm",
				["<|eom|>"],
				["<|start|>"],
				"assistant to=user",
				message,
				"Yes",
			],
		] as const;
		assert.deepEqual(read("a recipient", recipient), { thought: "Hm", reply: "Yes" });
	});

	it("is a reply where it has no names", () => {
		assert.equal(read("a recipient", ["Yes"]).reply, "Yes");
		assert.equal(
			read("a recipient", ["Yes, and much more. ".repeat(9)]).reply,
			"Yes, and much more. ".repeat(9),
		);
		assert.equal(read("channels", ["Yes"]).reply, "Yes");
	});
});

describe("an answer that goes on", () => {
	const shape = "the model begins, dropped";

	it("keeps its white space", () => {
		assert.equal(
			read(shape, [" \nthen"], { writes: "restOfReply", begun: "Yes" }).reply,
			" \nthen",
		);
		const thought = read(shape, ["\n so", close, "Yes"], { writes: "thought", begun: "Hm" });
		assert.deepEqual(thought, { thought: "\n so", reply: "Yes" });
	});

	it("keeps as text what would begin an answer with a thought", () => {
		const rest = read("roles as tokens", ["<think>"], { writes: "restOfReply", begun: "The tag " });
		assert.deepEqual(rest, { thought: "", reply: "<think>" });
	});
});
