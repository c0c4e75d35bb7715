import assert from "node:assert/strict";
import type {
	GenerateOptions,
	LanguageModel,
} from "../../../src/extension/inference/languageModel";
import type { TextChannel } from "../../../src/protocol/chat/chatEvent";
import type { InferenceFailure } from "../../../src/protocol/failure";
import type {
	Generated,
	Message,
	PromptMessages,
	TrimmedPrompt,
} from "../../../src/protocol/inference/inference";
import type { ModelStatus } from "../../../src/protocol/inference/model";
import { FailureError } from "../../../src/protocol/failureError";

/** One implementation, and what the suite must know of the model behind it. */
export interface LanguageModelUnderTest {
	readonly languageModel: LanguageModel;
	/** A question with its exact answer at temperature 0. */
	readonly short: { readonly question: string; readonly answer: string };
	/** A question whose answer takes a second or more. */
	readonly long: string;
	/** Ends by force what computes. */
	crash(): void;
	/** Makes the settings name a model that is not there, or again the one that is. */
	useModel(which: "missing" | "present"): void;
}

export const never = new AbortController().signal;
export const options = { maxTokens: 2048, temperature: 0 };

/** A listener that keeps what it heard. */
export class Transcript {
	readonly pieces: { readonly channel: TextChannel; readonly text: string }[] = [];
	readonly prefill: { readonly done: number; readonly total: number }[] = [];
	/** Called at every piece of text. */
	onPiece: (count: number) => void = () => undefined;

	/** What the model was said to see of the conversation. */
	trimmed: TrimmedPrompt | undefined;

	onTrimmed(trimmed: TrimmedPrompt): void {
		this.trimmed = trimmed;
	}

	onPrefill(done: number, total: number): void {
		this.prefill.push({ done, total });
	}

	onText(channel: TextChannel, text: string): void {
		this.pieces.push({ channel, text });
		this.onPiece(this.pieces.length);
	}

	text(channel: TextChannel): string {
		return this.pieces.map((piece) => (piece.channel === channel ? piece.text : "")).join("");
	}
}

export function ask(question: string): readonly Message[] {
	return [
		{ role: "system", text: "You are a helpful assistant." },
		{ role: "user", text: question },
	];
}

/** @returns the failure that `promise` is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<InferenceFailure> {
	try {
		await promise;
	} catch (error) {
		assert.ok(error instanceof FailureError, String(error));
		return error.failure;
	}
	throw new assert.AssertionError({ message: "It was expected to fail and did not" });
}

/** @returns what the model sees of a conversation; its answer is stopped before the first word. */
export async function trimmed(
	languageModel: Pick<LanguageModel, "generate">,
	messages: PromptMessages,
	options: GenerateOptions,
	signal: AbortSignal,
): Promise<TrimmedPrompt | undefined> {
	const stop = new AbortController();
	const heard = new Transcript();
	heard.onTrimmed = (seen) => {
		heard.trimmed = seen;
		stop.abort();
	};
	await languageModel.generate(messages, options, heard, AbortSignal.any([signal, stop.signal]));
	return heard.trimmed;
}

/** The rules that hold for every `LanguageModel`. */
export function describeLanguageModel(
	name: string,
	create: () => Promise<LanguageModelUnderTest>,
): void {
	describe(name, function () {
		this.timeout(30_000);
		let test: LanguageModelUnderTest;
		let languageModel: LanguageModel;

		beforeEach(async () => {
			test = await create();
			languageModel = test.languageModel;
		});
		afterEach(async () => {
			await languageModel.unload();
			languageModel.dispose();
		});

		/** Asks the long question and stops after some pieces. */
		async function stopMidway(): Promise<{ generated: Generated; heard: Transcript }> {
			const stop = new AbortController();
			const heard = new Transcript();
			heard.onPiece = (count) => {
				if (count === 3) {
					stop.abort();
				}
			};
			const generated = await languageModel.generate(ask(test.long), options, heard, stop.signal);
			return { generated, heard };
		}

		it("has no model in memory before the first prepare", () => {
			assert.equal(languageModel.status.kind, "unloaded");
			assert.equal(languageModel.loadedPath, undefined);
		});

		it("tells the way of the model into memory, and does nothing when it is there", async () => {
			const seen: ModelStatus[] = [];
			const subscription = languageModel.onDidChangeStatus((status) => seen.push(status));
			const info = await languageModel.prepare(never);
			assert.ok(info);
			assert.ok(seen.some(({ kind }) => kind === "loading"));
			assert.deepEqual(seen.at(-1), { kind: "ready", info });
			assert.deepEqual(languageModel.status, seen.at(-1));
			assert.equal(languageModel.loadedPath, info.path);
			const count = seen.length;
			assert.deepEqual(await languageModel.prepare(never), info);
			assert.equal(seen.length, count);
			subscription.dispose();
		});

		it("prepares nothing for a signal that is aborted already", async () => {
			assert.equal(await languageModel.prepare(AbortSignal.abort()), undefined);
			assert.equal(languageModel.status.kind, "unloaded");
		});

		it("streams the answer in pieces that join to the whole", async () => {
			await languageModel.prepare(never);
			const heard = new Transcript();
			const { question, answer } = test.short;
			const generated = await languageModel.generate(ask(question), options, heard, never);
			assert.equal(heard.text("reply"), answer);
			assert.equal(heard.text("thought"), "");
			assert.equal(generated.ending, "complete");
			assert.ok(generated.stats);
			assert.ok(generated.stats.answerTokens > 0);
			assert.ok(generated.stats.promptTokens > 0);
		});

		it("stop before the first token: no text, no statistics", async () => {
			await languageModel.prepare(never);
			const heard = new Transcript();
			const aborted = AbortSignal.abort();
			const generated = await languageModel.generate(
				ask(test.short.question),
				options,
				heard,
				aborted,
			);
			assert.deepEqual(generated, { ending: "stopped", stats: undefined });
			assert.deepEqual(heard.pieces, []);
		});

		it("stop mid-way: ends the computation before the answer's end and keeps the text so far", async () => {
			await languageModel.prepare(never);
			const { generated, heard } = await stopMidway();
			assert.equal(generated.ending, "stopped");
			assert.ok(heard.text("reply").length > 0);
			assert.ok((generated.stats?.answerTokens ?? 0) > 0);
		});

		it("calls no listener after it has settled", async () => {
			await languageModel.prepare(never);
			const { heard } = await stopMidway();
			const count = heard.pieces.length + heard.prefill.length;
			// A whole further answer leaves the first all the time it could want.
			await languageModel.generate(ask(test.short.question), options, new Transcript(), never);
			assert.equal(heard.pieces.length + heard.prefill.length, count);
		});

		it("answers the next message as if the stopped one had not been", async () => {
			await languageModel.prepare(never);
			await stopMidway();
			const heard = new Transcript();
			await languageModel.generate(ask(test.short.question), options, heard, never);
			assert.equal(heard.text("reply"), test.short.answer);
		});

		it("ends at the most tokens asked for, and says so", async () => {
			await languageModel.prepare(never);
			const heard = new Transcript();
			const few = { ...options, maxTokens: 5 };
			const generated = await languageModel.generate(ask(test.long), few, heard, never);
			assert.equal(generated.ending, "maxTokens");
			assert.equal(generated.stats?.answerTokens, 5);
		});

		it("keeps a conversation that fits whole", async () => {
			await languageModel.prepare(never);
			const fit = await trimmed(languageModel, ask(test.short.question), options, never);
			assert.ok(fit);
			assert.equal(fit.keptFrom, 1);
			assert.ok(fit.promptTokens > 0 && fit.promptTokens < fit.contextTokens);
		});

		it("lets the oldest whole turns go when a conversation no longer fits", async () => {
			await languageModel.prepare(never);
			const turn: Message[] = [
				{ role: "user", text: "one two three four five six seven" },
				{ role: "assistant", text: "eight nine ten eleven twelve thirteen" },
			];
			const past = Array.from({ length: 300 }, () => turn).flat();
			const [system, last] = ask(test.short.question) as [Message, Message];
			const fit = await trimmed(languageModel, [system, ...past, last], options, never);
			assert.ok(fit && fit.keptFrom > 1);
			assert.equal(fit.keptFrom % 2, 1, "a kept turn begins with the user's message");
			assert.ok(fit.promptTokens <= fit.contextTokens - fit.contextTokens / 4);
		});

		it("refuses a message that cannot fit, with the counts", async () => {
			const info = await languageModel.prepare(never);
			assert.ok(info);
			const failure = await failureOf(
				trimmed(languageModel, ask("word ".repeat(6000)), options, never),
			);
			assert.equal(failure.kind, "messageTooLong");
			assert.ok(failure.tokens >= 6000);
			assert.ok(failure.limitTokens < failure.contextTokens);
			assert.equal(failure.contextTokens, info.contextTokens);
			assert.equal(failure.trainedContextTokens, info.trainedContextTokens);
			assert.equal(languageModel.status.kind, "ready");
		});

		/** @returns a question with the beginning of its answer. */
		const begun = (question: string, text: string): PromptMessages => [
			...ask(question),
			{ role: "assistant", text },
		];

		it("continues an answer wherever it was cut, and gives the new text only", async () => {
			await languageModel.prepare(never);
			const { question, answer } = test.short;
			const whole = new Transcript();
			await languageModel.generate(ask(question), options, whole, never);
			let beginning = "";
			for (const { text } of whole.pieces) {
				const heard = new Transcript();
				const messages = begun(question, beginning);
				const { ending } = await languageModel.generate(messages, options, heard, never);
				assert.equal(beginning + heard.text("reply"), answer);
				assert.equal(ending, "complete");
				beginning += text;
			}
			assert.equal(beginning, answer);
		});

		it("continues a stopped answer as if it had not been stopped", async () => {
			await languageModel.prepare(never);
			const whole = new Transcript();
			const some = { ...options, maxTokens: 150 };
			await languageModel.generate(ask(test.long), some, whole, never);
			const { heard } = await stopMidway();
			const beginning = heard.text("reply");
			const few = { ...options, maxTokens: 10 };
			const messages = begun(test.long, beginning);
			const { ending, stats } = await languageModel.generate(messages, few, heard, never);
			assert.equal(ending, "maxTokens");
			assert.equal(stats?.answerTokens, 10);
			assert.ok(heard.text("reply").length > beginning.length);
			assert.ok(whole.text("reply").startsWith(heard.text("reply")));
		});

		it("counts the beginning of an answer as prompt, with the turn that stays", async () => {
			await languageModel.prepare(never);
			const without = await trimmed(languageModel, ask(test.short.question), options, never);
			const messages = begun(test.short.question, test.short.answer);
			const fit = await trimmed(languageModel, messages, options, never);
			assert.ok(fit && without && fit.promptTokens > without.promptTokens);
			const { stats } = await languageModel.generate(messages, options, new Transcript(), never);
			assert.equal(stats?.promptTokens, fit.promptTokens);
			const past = Array.from({ length: 600 }, () => ask("one two three four")[1]!);
			const [system, last, beginning] = messages as [Message, Message, Message];
			const long = await trimmed(languageModel, [system, ...past, last, beginning], options, never);
			assert.ok(long && long.keptFrom > 1 && long.keptFrom <= past.length + 1);
		});

		it("refuses to continue an answer that leaves no room, with the counts", async () => {
			const info = await languageModel.prepare(never);
			const messages = begun(test.short.question, "word ".repeat(6000));
			const failure = await failureOf(trimmed(languageModel, messages, options, never));
			assert.equal(failure.kind, "answerTooLong");
			assert.ok(failure.tokens > 6000 && failure.limitTokens < failure.contextTokens);
			assert.equal(failure.contextTokens, info?.contextTokens);
			assert.equal(languageModel.status.kind, "ready");
		});

		it("fails with the name of a bad model, and works again with a good one", async () => {
			test.useModel("missing");
			languageModel.settingsChanged();
			assert.equal((await failureOf(languageModel.prepare(never))).kind, "modelFileMissing");
			assert.equal(languageModel.status.kind, "failed");
			test.useModel("present");
			languageModel.settingsChanged();
			assert.ok(await languageModel.prepare(never));
			assert.equal(languageModel.status.kind, "ready");
		});

		it("child killed mid-answer", async () => {
			await languageModel.prepare(never);
			const heard = new Transcript();
			heard.onPiece = (count) => {
				if (count === 3) {
					test.crash();
				}
			};
			const failure = await failureOf(
				languageModel.generate(ask(test.long), options, heard, never),
			);
			assert.equal(failure.kind, "processCrashed");
			assert.equal(failure.signal, "SIGKILL");
			assert.ok(heard.text("reply").length > 0);
			// It may already be restarting automatically.
			assert.notEqual(languageModel.status.kind, "unloaded");
			assert.ok(await languageModel.prepare(never));
			const again = new Transcript();
			await languageModel.generate(ask(test.short.question), options, again, never);
			assert.equal(again.text("reply"), test.short.answer);
		});

		it("child killed before the answer is asked for", async () => {
			await languageModel.prepare(never);
			test.crash();
			const failure = await failureOf(
				trimmed(languageModel, ask(test.short.question), options, never),
			);
			assert.equal(failure.kind, "processCrashed");
			assert.equal(languageModel.status.kind, "failed");
			assert.ok(await languageModel.prepare(never));
		});

		it("counts and answers nothing after an unload, which is no failure", async () => {
			await languageModel.prepare(never);
			await languageModel.unload();
			const messages = ask(test.short.question);
			assert.equal(await trimmed(languageModel, messages, options, never), undefined);
			const heard = new Transcript();
			const generated = await languageModel.generate(messages, options, heard, never);
			assert.deepEqual(generated, { ending: "stopped", stats: undefined });
			assert.deepEqual(heard.pieces, []);
			assert.equal(languageModel.status.kind, "unloaded");
		});

		it("counts nothing for a signal that is aborted already", async () => {
			await languageModel.prepare(never);
			const fit = await trimmed(
				languageModel,
				ask(test.short.question),
				options,
				AbortSignal.abort(),
			);
			assert.equal(fit, undefined);
		});

		it("preloads the prompt of a loaded model without changing its answer or status", async () => {
			const { question, answer } = test.short;
			assert.equal(await languageModel.preload(ask(question), options, never), undefined);
			assert.equal(languageModel.status.kind, "unloaded");
			await languageModel.prepare(never);
			const { status } = languageModel;
			const read = await languageModel.preload(ask(`${question} And`), options, never);
			assert.ok(read && read.heldTokens > 0);
			assert.equal(languageModel.status, status);
			const heard = new Transcript();
			await languageModel.generate(ask(question), options, heard, never);
			assert.equal(heard.text("reply"), answer);
		});

		it("reports on what the model runs, and changes nothing by it", async () => {
			const unloaded = await languageModel.reportDevices(never);
			assert.ok(unloaded);
			assert.equal(unloaded.loaded, undefined);
			assert.equal(languageModel.status.kind, "unloaded");
			assert.equal(unloaded.backends.at(-1)?.backend, "cpu");
			for (const { backend: name, problem, devices } of unloaded.backends) {
				assert.ok(problem !== undefined || devices !== undefined, name);
			}
			const info = await languageModel.prepare(never);
			const report = await languageModel.reportDevices(never);
			assert.deepEqual(report?.loaded?.info, info);
			assert.deepEqual(
				report?.backends.filter(({ isChosen }) => isChosen).map((each) => each.backend),
				["cpu"],
			);
			assert.deepEqual(languageModel.status, { kind: "ready", info });
			assert.equal(await languageModel.reportDevices(AbortSignal.abort()), undefined);
		});

		it("unload ends a running answer as stopped, and the next prepare loads again", async () => {
			await languageModel.prepare(never);
			const heard = new Transcript();
			let unloaded: Promise<void> | undefined;
			heard.onPiece = () => {
				unloaded ??= languageModel.unload();
			};
			const generated = await languageModel.generate(ask(test.long), options, heard, never);
			await unloaded;
			assert.equal(generated.ending, "stopped");
			assert.equal(languageModel.status.kind, "unloaded");
			assert.ok(await languageModel.prepare(never));
		});
	});
}
