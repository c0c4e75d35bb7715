import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { PromptMessages } from "../../../src/protocol/inference/inference";
import { GreedyModel } from "../../support/models/greedyModel";
import { knownAnswers, type KnownAnswer } from "../../support/models/knownAnswers";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
	type LocalModelFixture,
} from "../../support/models/localModelFixture";
import { chosenSeed, seededRandom } from "../../support/random";
import { failureOf, never, options, Transcript } from "./describeLanguageModel";

const seed = chosenSeed();
const kills = Number(process.env.KILLS ?? 3);
const signals = ["SIGSEGV", "SIGABRT", "SIGKILL"] as const;
/** Of answers long enough to be killed in their middle. */
const longAnswers = knownAnswers().filter(({ answer }) => answer.length > 150);

describe(`the real engine, killed with SEGV, ABRT and KILL ${kills} times in mid-answer (seed ${seed})`, function () {
	this.timeout(30_000 + kills * 20_000);
	const random = seededRandom(seed);
	let fixture: LocalModelFixture;
	let bare: GreedyModel;

	before(async () => {
		fixture = createLocalLanguageModel(inferenceModule);
		bare = await GreedyModel.load(demoModel);
	});
	after(async () => {
		await fixture.languageModel.unload();
		await bare.dispose();
	});

	/** Asks, and kills the process at a random moment. @returns what came; `undefined` if the answer was faster. */
	async function killedAnswer(
		{ messages, answer }: KnownAnswer,
		signal: NodeJS.Signals,
	): Promise<string | undefined> {
		const { languageModel } = fixture;
		await languageModel.prepare(never);
		const child = languageModel.processId!;
		const moment = Math.floor(random() * answer.length);
		const waitMs = random() * 30;
		const heard = new Transcript();
		let killed: Promise<void> | undefined;
		heard.onPiece = () => {
			if (heard.text("reply").length >= moment) {
				killed ??= setTimeout(waitMs).then(() => {
					process.kill(child, signal);
				});
			}
		};
		const generated = languageModel.generate(messages, options, heard, never);
		try {
			const failure = await failureOf(generated);
			assert.equal(failure.kind, "processCrashed");
			assert.equal(failure.signal, signal);
		} catch (error) {
			// The answer was there before the kill.
			await killed;
			if ((await generated).ending !== "complete") {
				throw error;
			}
			return undefined;
		}
		return heard.text("reply");
	}

	it("keeps the partial answer, and continues it as if nothing had happened", async () => {
		const { languageModel, crashes } = fixture;
		const host = process.pid;
		let done = 0;
		while (done < kills) {
			const known = longAnswers[Math.floor(random() * longAnswers.length)]!;
			const signal = signals[done % signals.length]!;
			const text = await killedAnswer(known, signal);
			if (text === undefined) {
				continue;
			}
			done += 1;
			assert.equal(process.pid, host);
			assert.ok(known.answer.startsWith(text), JSON.stringify(text.slice(-20)));
			assert.ok(await languageModel.prepare(never));
			const heard = new Transcript();
			const begun: PromptMessages = [...known.messages, { role: "assistant", text }];
			await languageModel.generate(begun, options, heard, never);
			const prompt = bare.promptTokens(known.messages, text === "" ? [] : [text]);
			const tokens = await bare.complete(prompt, options.maxTokens);
			const rest = heard.text("reply");
			const where = `${signal} behind ${JSON.stringify(text.slice(-20))}`;
			if (rest !== bare.text(tokens) && !(await bare.isTied(prompt, tokens, rest))) {
				assert.equal(rest, bare.text(tokens), where);
			}
			assert.equal(text + rest, known.answer, where);
		}
		const reported = new Set(crashes.map(({ crash }) => crash.signal));
		assert.deepEqual([...reported].sort(), [...signals].sort());
	});
});
