import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { exportedChat, exportText } from "../../../../src/extension/exchange/exportFormat";
import { isOwnDocument } from "../../../../src/extension/exchange/ownDocument";
import type { Conversation } from "../../../../src/extension/conversation/conversation";
import { assertSound, randomConversation, treeOf } from "../../../support/chats/conversationTrees";
import { importText, importedAtMs, outline } from "../../../support/exchange/importing";
import { chosenSeed, seededRandom } from "../../../support/random";

async function exported(...conversations: readonly Conversation[]): Promise<string> {
	let text = "";
	for await (const piece of exportText(each(conversations), 1_760_000_000_000)) {
		text += piece;
	}
	return text;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
	await Promise.resolve();
}

const schema = JSON.parse(
	readFileSync(path.join(process.cwd(), "docs/export-format.schema.json"), "utf8"),
) as object;

describe("the extension's own export", () => {
	const seed = chosenSeed();

	it(`is imported unchanged, seed ${seed}`, async () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 200; round += 1) {
			const conversations = [randomConversation(random, 30), randomConversation(random, 3)];
			const { conversations: read, leftOut } = importText(await exported(...conversations));
			assert.deepEqual(leftOut, []);
			read.forEach(assertSound);
			assert.deepEqual(read.map(treeOf), conversations.map(treeOf));
			assert.ok([...read[0]!.turns()].every(({ turn }) => !conversations[0]!.has(turn.id)));
		}
	});

	it(`conforms to docs/export-format.schema.json, seed ${seed}`, async () => {
		const validate = new Ajv2020({ allErrors: true }).compile(schema);
		const random = seededRandom(seed);
		for (let round = 0; round < 50; round += 1) {
			const text = await exported(randomConversation(random, 30), randomConversation(random, 3));
			assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors, undefined, 1));
		}
		assert.ok(validate(JSON.parse(await exported())));
		const [chat] = (
			JSON.parse(await exported(randomConversation(random, 3))) as { chats: object[] }
		).chats;
		assert.ok(!validate({ format: "local-llm-chats", version: 1, exportedAtMs: 1, chats: [{}] }));
		assert.ok(
			!validate({
				format: "local-llm-chats",
				version: 1,
				exportedAtMs: 1,
				chats: [{ ...chat, more: 1 }],
			}),
		);
	});

	it("imports the example in docs/export-format.md", () => {
		const page = readFileSync(path.join(process.cwd(), "docs/export-format.md"), "utf8");
		const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;
		assert.ok(new Ajv2020().compile(schema)(JSON.parse(example)));
		const { conversations } = importText(example);
		assert.deepEqual(
			conversations[0]!.path().map((turn) => (turn.role === "user" ? turn.text : turn.reply)),
			["Why is this slow?", "It is a bubble sort."],
		);
	});

	it("contains nothing that was deleted", () => {
		const conversation = randomConversation(seededRandom(1), 1);
		const [first] = [...conversation.turns()];
		conversation.apply({ type: "deleted", turnId: first!.turn.id, deleted: true });
		const { turns, headId } = exportedChat(conversation);
		assert.ok(!turns.some(({ id }) => id === first!.turn.id));
		assert.ok(headId === null || turns.some(({ id }) => id === headId));
	});

	it("imports an answer that was being generated as interrupted", async () => {
		const conversation = randomConversation(seededRandom(1), 1);
		const turn = {
			role: "assistant",
			id: "a",
			startedAtMs: 1,
			thought: "",
			thoughtDurationMs: null,
			reply: "It is",
			outcome: null,
		} as const;
		conversation.apply({ type: "turn", parentId: null, turn });
		const read = importText(await exported(conversation)).conversations[0]!;
		const answer = read.path().at(-1)!;
		assert.deepEqual(answer.role === "assistant" && answer.outcome, { kind: "interrupted" });
	});

	it("loses only turns that are invalid, duplicated, or without a parent", () => {
		const [question, answer, thanks] = [
			{ parentId: null, role: "user", id: "a", sentAtMs: 1, text: "Hi", attachments: [] },
			{
				parentId: "a",
				role: "assistant",
				id: "b",
				startedAtMs: 2,
				thought: "",
				thoughtDurationMs: null,
				reply: "Hello",
				outcome: { kind: "stopped" },
			},
			{ parentId: "b", role: "user", id: "c", sentAtMs: 3, text: "Thanks", attachments: [] },
		];
		const read = (...turns: readonly unknown[]): readonly [string[], object] => {
			const chat = { createdAtMs: 1, folder: null, title: null, pinned: false, headId: "c", turns };
			const text = JSON.stringify({ format: "local-llm-chats", version: 1, chats: [chat] });
			const { conversations, omissions } = importText(text);
			return [conversations.flatMap(outline), omissions];
		};
		const whole = ["* You: Hi", "  * Assistant (stopped): Hello", "    * You: Thanks"];
		assert.deepEqual(read(question, answer, thanks), [whole, {}]);
		assert.deepEqual(read(question, answer, thanks, question), [whole, { brokenMessages: 1 }]);
		const shorter = ["* You: Hi", "  * You: Thanks"];
		for (const broken of [7, null, [], {}, { ...answer, id: 7 }, { ...answer, reply: 7 }]) {
			const [lines, { brokenMessages }] = read(question, broken, thanks) as [
				string[],
				{ brokenMessages?: number },
			];
			assert.deepEqual([lines, brokenMessages], [shorter, 1], JSON.stringify(broken));
		}
		assert.deepEqual(read(question, { ...thanks, parentId: "nowhere" }), [
			shorter,
			{ movedMessages: 1 },
		]);
	});

	it("has valid times, whatever the file says", () => {
		for (const atMs of [9e15, -9e15, 1e300, null, "now"]) {
			const turn = { parentId: null, role: "user", id: "a", text: "Hi", attachments: [] };
			const read = (createdAtMs: unknown, sentAtMs: unknown): Conversation => {
				const chat = { createdAtMs, pinned: false, turns: [{ ...turn, sentAtMs }] };
				return importText(JSON.stringify({ chats: [chat] })).conversations[0]!;
			};
			const [sent] = read(1_750_000_000_000, atMs).path();
			assert.equal(sent?.role === "user" && sent.sentAtMs, 1_750_000_000_000);
			assert.equal(read(atMs, 1_750_000_000_001).header.createdAtMs, 1_750_000_000_001);
			assert.equal(read(atMs, atMs).header.createdAtMs, importedAtMs);
		}
	});

	it("never opens another machine's document from an imported conversation", () => {
		for (const uri of ["file:///project/math.ts", "file:///c%3A/project/math.ts"]) {
			assert.ok(isOwnDocument(uri), uri);
		}
		for (const uri of [
			"",
			"file://server/share/math.ts",
			"file:////server/share/math.ts",
			"file:///%2Fserver/share",
			"file:///%5C%5Cserver/share",
			"file:///\\server\\share",
			"https://example.com/math.ts",
			"command:workbench.action.quit",
			"vscode-remote://ssh-remote%2Bserver/math.ts",
			"file:///%",
			" file:///project/math.ts",
		]) {
			assert.ok(!isOwnDocument(uri), uri);
		}
	});

	it("forgets the origin of attached code, unless it was on this machine", async () => {
		const conversation = randomConversation(seededRandom(1), 1);
		const chip = { id: "c", label: "a.ts", scope: "file", path: "a.ts", languageId: "ts" } as const;
		const range = { startLine: 0, startCharacter: 0, endLine: 0, endCharacter: 1 };
		const attachments = [{ chip, uri: "file://server/share/a.ts", range, code: "a" }];
		const turn = { role: "user", id: "u", sentAtMs: 1, text: "", attachments } as const;
		conversation.apply({ type: "turn", parentId: null, turn: { ...turn, attachments } });
		const read = importText(await exported(conversation))
			.conversations[0]!.path()
			.at(-1)!;
		assert.deepEqual(read.role === "user" && read.attachments.map(({ uri, code }) => [uri, code]), [
			["", "a"],
		]);
	});

	it("keeps attached code that begins with “data:”, and says where an embedded file was cut out", async () => {
		const conversation = randomConversation(seededRandom(1), 1);
		const chip = { id: "c", label: "a", scope: "file", path: "a", languageId: "yaml" } as const;
		const range = { startLine: 0, startCharacter: 0, endLine: 0, endCharacter: 1 };
		const yaml = `data:\n${"  - a/b\n".repeat(1_000)}`;
		const codes = [yaml, `data:image/png;base64,${"A".repeat(10_000)}`];
		const attachments = codes.map((code) => ({ chip, uri: "", range, code }));
		const turn = { role: "user", id: "u", sentAtMs: 1, text: "", attachments } as const;
		conversation.apply({ type: "turn", parentId: null, turn });
		const { conversations, omissions } = importText(await exported(conversation));
		const read = conversations[0]!.path().at(-1)!;
		assert.ok(read.role === "user");
		assert.equal(read.attachments[0]!.code, yaml);
		assert.match(
			read.attachments[1]!.code,
			/^data:image\/png;base64,A+\n\n\[The rest of this text is too long and was not imported\.\]$/,
		);
		assert.deepEqual(omissions, { longTexts: 1 });
	});
});
