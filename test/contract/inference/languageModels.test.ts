import path from "node:path";
import { FakeLanguageModel } from "../../support/scripted/fakeLanguageModel";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	scriptedModule,
} from "../../support/models/localModelFixture";
import { describeLanguageModel, type LanguageModelUnderTest } from "./describeLanguageModel";

const missing = path.join(process.cwd(), "out/missing.gguf");
const scripted = {
	short: { question: "Hello there", answer: "You said: Hello there" },
	long: "slow",
};

describeLanguageModel("FakeBackend", () => {
	const languageModel = new FakeLanguageModel();
	return Promise.resolve({
		languageModel,
		...scripted,
		crash: () => {
			languageModel.crash();
		},
		useModel: (which) => {
			languageModel.failPrepare(
				which === "missing" ? { kind: "modelFileMissing", path: missing } : undefined,
			);
		},
	});
});

describeLanguageModel("LocalBackend over a forked scripted engine", () =>
	Promise.resolve(overProcess(scriptedModule, scripted)),
);

describeLanguageModel("LocalBackend over the real engine and the demo model", () =>
	Promise.resolve(
		overProcess(inferenceModule, {
			short: {
				question: "Who are you?",
				answer: "I am a tiny demo model.",
			},
			long: "Write a long story",
		}),
	),
);

function overProcess(
	modulePath: string,
	model: Pick<LanguageModelUnderTest, "short" | "long">,
): LanguageModelUnderTest {
	const fixture = createLocalLanguageModel(modulePath);
	return {
		languageModel: fixture.languageModel,
		...model,
		crash: () => {
			fixture.kill();
		},
		useModel: (which) => {
			const model = which === "missing" ? missing : demoModel;
			fixture.settings = { ...fixture.settings, model };
		},
	};
}
