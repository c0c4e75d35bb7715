import assert from "node:assert/strict";
import type { GenerateOptions } from "../../../src/extension/inference/languageModel";
import { FakeLanguageModel } from "../../support/scripted/fakeLanguageModel";
import { createLocalLanguageModel, scriptedModule } from "../../support/models/localModelFixture";
import { ask, never, options, Transcript } from "./describeLanguageModel";

const backends = {
	"a process": () => createLocalLanguageModel(scriptedModule).languageModel,
	"the fake backend": () => new FakeLanguageModel(),
};

for (const [name, create] of Object.entries(backends)) {
	describe(`steering thoughts through ${name}`, () => {
		let languageModel: ReturnType<typeof create>;

		beforeEach(async () => {
			languageModel = create();
			await languageModel.prepare(never);
		});
		afterEach(() => languageModel.unload());

		async function answer(
			question: string,
			steering: Pick<GenerateOptions, "thinking" | "answerNow">,
			heard = new Transcript(),
		): Promise<Transcript> {
			const asked = { ...options, ...steering };
			const { ending } = await languageModel.generate(ask(question), asked, heard, never);
			assert.equal(ending, "complete");
			return heard;
		}

		it("reports the model's thinking modes", () => {
			assert.equal(languageModel.status.kind, "ready");
			assert.equal(languageModel.status.info.thinking.kind, "thinks");
		});

		it("answers without a thought if thinking is off", async () => {
			const heard = await answer("think", { thinking: "off" });
			assert.equal(heard.text("thought"), "");
			assert.equal(heard.text("reply"), "Here they were.");
		});

		it("ends a thought when its budget is used up", async () => {
			const heard = await answer("think", { thinking: 2 });
			assert.equal(heard.text("thought"), "The user ");
			assert.equal(heard.text("reply"), "Here they were.");
		});

		it("ends a running thought on Answer Now, and gives the whole reply", async () => {
			const now = new AbortController();
			const heard = new Transcript();
			heard.onPiece = () => {
				now.abort();
			};
			await answer("ponder", { answerNow: now.signal }, heard);
			assert.ok(heard.text("thought").length < 1000);
			assert.equal(heard.text("reply"), "So be it.");
		});

		it("begins no thought if Answer Now came before", async () => {
			const heard = await answer("ponder", { answerNow: AbortSignal.abort() });
			assert.equal(heard.text("reply"), "So be it.");
			assert.ok(heard.text("thought").length < 1000);
		});

		it("does not change an answer whose reply has begun", async () => {
			const now = new AbortController();
			const heard = new Transcript();
			heard.onPiece = () => {
				now.abort();
			};
			await answer("Hello", { answerNow: now.signal }, heard);
			assert.equal(heard.text("reply"), "You said: Hello");
		});
	});
}
