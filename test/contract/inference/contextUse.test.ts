import assert from "node:assert/strict";
import { ContextMeter } from "../../../src/extension/prompt/contextMeter";
import { buildPrompt } from "../../../src/extension/prompt/promptBuilder";
import { systemClock } from "../../../src/extension/base/clock";
import { usedTokens } from "../../../src/protocol/chat/contextUse";
import { damagedModel } from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { plainTemplate, thinkingTemplate, withTemplate } from "../../support/models/chatTemplates";
import { settingsState } from "../../support/view/chatStates";
import { ChatWindow } from "../../support/chats/chatWindow";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { MemoryChatLibrary } from "../../support/chats/memoryChatLibrary";
import { attachedCode } from "../../support/chats/sessionHarness";
import { until } from "../../support/until";
import { ask, never, options, Transcript, trimmed } from "./describeLanguageModel";

/** Each with white space, marks and line ends at its edges, where a token could reach over. */
const drafts = ["Who are you?", " Hello\n\n", "é", "<|eot_id|>", "\n```\ncode\n```"];

describe("the count of a context", function () {
	this.timeout(60_000);

	let folder: Awaited<ReturnType<typeof temporaryFolder>>;
	before(async () => {
		folder = await temporaryFolder();
	});
	after(() => folder.remove());

	for (const [name, template] of [
		["the demo model's own template", undefined],
		["a plain template", plainTemplate],
		["a thinking model's template", thinkingTemplate],
	] as const) {
		for (const systemPrompt of ["You are a helpful assistant.", ""]) {
			it(`adds up to the prompt's tokens, with ${name} ${systemPrompt === "" ? "and no system prompt" : ""}`, async () => {
				const model =
					template === undefined
						? demoModel
						: await damagedModel(folder.path, "template.gguf", (file) =>
								withTemplate(file, template),
							);
				const fixture = createLocalLanguageModel(inferenceModule, { model });
				const { languageModel, log } = fixture;
				const window = await ChatWindow.open({
					languageModel,
					library: new MemoryChatLibrary(),
					settings: settingsState({ temperature: 0, systemPrompt }),
					clock: systemClock,
					log,
				});
				const { store, shown, attachments, session } = window;
				const parts = { store, shown, attachments, languageModel, clock: systemClock, log };
				const meter = new ContextMeter(parts);
				const status = languageModel.onDidChangeStatus((model) => {
					store.publish({ type: "modelChanged", model });
				});
				try {
					for (const [index, draft] of drafts.entries()) {
						meter.draftTyped(draft);
						attachments.add(index % 2 === 0 ? [] : [attachedCode(`c${index}`, "let x = 1;\n")]);
						await languageModel.prepare(never);
						const prompt = buildPrompt(systemPrompt, [
							...(shown.chat?.conversation.path() ?? []),
							{ ...draftTurn, text: draft, attachments: [...attachments.codes] },
						]);
						const fit = await trimmed(languageModel, prompt.messages, options, never);
						await until(`${String(fit?.promptTokens)} tokens for ${JSON.stringify(draft)}`, () => {
							return usedBy(window) === fit?.promptTokens;
						});
						session.submit(`u${index}`, draft);
						await session.whenSettled;
					}
				} finally {
					status.dispose();
					meter.dispose();
					session.dispose();
					await languageModel.unload();
				}
			});
		}
	}

	describe("of the engine", () => {
		let fixture: LocalModelFixture;
		beforeEach(() => {
			fixture = createLocalLanguageModel(inferenceModule);
		});
		afterEach(() => fixture.languageModel.unload());

		it("is available while an answer is generated", async () => {
			const { languageModel } = fixture;
			await languageModel.prepare(never);
			const heard = new Transcript();
			let counted: Promise<readonly number[] | undefined> | undefined;
			let lengthWhenCounted = 0;
			heard.onPiece = () => {
				counted ??= languageModel.countTokens([ask("Who are you?")], {}, never).then((counts) => {
					lengthWhenCounted = heard.text("reply").length;
					return counts;
				});
			};
			await languageModel.generate(ask("Write a long story"), options, heard, never);
			const fit = await trimmed(languageModel, ask("Who are you?"), options, never);
			assert.deepEqual(await counted, [fit?.promptTokens]);
			assert.ok(lengthWhenCounted < heard.text("reply").length, "it waited for the answer");
		});

		it("is unknown while no model is loaded, and starts nothing", async () => {
			const { languageModel } = fixture;
			assert.equal(await languageModel.countTokens([ask("Hello")], {}, never), undefined);
			assert.equal(languageModel.processId, undefined);
			await languageModel.prepare(never);
			fixture.kill();
			assert.equal(await languageModel.countTokens([ask("Hello")], {}, never), undefined);
		});
	});
});

const draftTurn = { role: "user", id: "draft", sentAtMs: 0 } as const;

function usedBy({ store }: ChatWindow): number | undefined {
	return store.state.contextUse && usedTokens(store.state.contextUse);
}
