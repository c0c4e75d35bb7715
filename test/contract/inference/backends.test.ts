import path from "node:path";
import { FakeBackend } from "../../support/fakeBackend";
import {
	createLocalBackend,
	demoModel,
	inferenceModule,
	scriptedModule,
} from "../../support/localBackendFixture";
import { describeBackend, type BackendUnderTest } from "./describeBackend";

const missing = path.join(process.cwd(), "out/missing.gguf");
const scripted = {
	short: { question: "Hello there", answer: "You said: Hello there" },
	long: "slow",
};

describeBackend("FakeBackend", () => {
	const backend = new FakeBackend();
	return Promise.resolve({
		backend,
		...scripted,
		crash: () => {
			backend.crash();
		},
		useModel: (which) => {
			backend.failPrepare(
				which === "missing" ? { kind: "modelFileMissing", path: missing } : undefined,
			);
		},
	});
});

describeBackend("LocalBackend over a forked scripted engine", () =>
	Promise.resolve(overProcess(scriptedModule, scripted)),
);

describeBackend("LocalBackend over the real engine and the demo model", () =>
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
	model: Pick<BackendUnderTest, "short" | "long">,
): BackendUnderTest {
	const fixture = createLocalBackend(modulePath);
	return {
		backend: fixture.backend,
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
