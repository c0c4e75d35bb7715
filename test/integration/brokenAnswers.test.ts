import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { ConfigurationTarget, workspace } from "vscode";
import { systemClock } from "../../src/extension/base/clock";
import type { ComposedChat } from "../../src/extension/composition/extensionApi";
import { openChatLibrary } from "../../src/extension/storage/openChatLibrary";
import type { AssistantTurn } from "../../src/protocol/chat/chat";
import { demoModelFile } from "../../scripts/lib/paths.mjs";
import { childrenOf } from "../support/processes";
import { chosenSeed, seededRandom } from "../support/random";
import { RecordedLog } from "../support/recordedLog";
import { until } from "../support/until";
import { extension } from "./extension";

/*
 * The name puts this file before those that show the view: it composes the extension again, and VS Code resolves a view
 * only once.
 */

/** The number of kills, a third with each signal. `KILLS=60` runs more; `SEED` repeats the same moments. */
const kills = Number(process.env.KILLS ?? 3);
const signals = ["SIGSEGV", "SIGABRT", "SIGKILL"] as const;
const seed = chosenSeed();
const question = "Write a long story";

describe(`the inference process killed ${kills} times mid-answer (SEED=${seed})`, function () {
	this.timeout(60_000 + kills * 20_000);
	const configuration = workspace.getConfiguration("localLlm");
	let chat: ComposedChat;
	let storageFolder = "";
	let whole = "";

	before(async () => {
		await configuration.update("model", demoModelFile, ConfigurationTarget.Global);
		await configuration.update("temperature", 0, ConfigurationTarget.Global);
		const api = await extension().activate();
		chat = await api.recompose();
		({ storageFolder } = api);
		await chat.shown.start();
		await ask();
		whole = answer().reply;
		assert.ok(whole.length > 300, "the model tells a long story");
	});

	after(async () => {
		await chat.languageModel.unload();
		await configuration.update("model", undefined, ConfigurationTarget.Global);
		await configuration.update("temperature", undefined, ConfigurationTarget.Global);
	});

	function answer(): AssistantTurn {
		const last = chat.store.state.turns.at(-1);
		assert.equal(last?.role, "assistant");
		return last;
	}

	/** Asks in a new chat, and waits for the end of the answer. */
	async function ask(): Promise<void> {
		await chat.shown.startNew();
		chat.session.submit(randomUUID(), question);
		await chat.session.whenSettled;
	}

	/**
	 * Asks, and kills the inference process once the answer has `length` characters.
	 *
	 * @returns `false` if the answer was complete before the signal reached the process
	 */
	async function askAndKill(length: number, signal: NodeJS.Signals): Promise<boolean> {
		const subscription = chat.store.onDidPublish(({ type }) => {
			if (type === "textAppended" && answer().reply.length >= length) {
				subscription.dispose();
				for (const pid of childrenOf(process.pid, "inference.cjs")) {
					process.kill(pid, signal);
				}
			}
		});
		try {
			await ask();
		} finally {
			subscription.dispose();
		}
		const { state } = answer();
		return state.kind === "ended" && state.outcome.kind !== "complete";
	}

	/** Returns the text of the answer on disk, as another window would read it. */
	async function textOnDisk(): Promise<string | undefined> {
		const library = openChatLibrary({
			folder: path.join(storageFolder, "chats"),
			clock: systemClock,
			log: new RecordedLog(),
		});
		try {
			const opened = await library.open(chat.store.state.chatId);
			const turn = opened?.conversation.turn(answer().id);
			return turn?.role === "assistant" ? turn.reply : undefined;
		} finally {
			library.dispose();
		}
	}

	/** Returns the result of one greedy call with the same cut text. */
	async function oneCall(cut: string): Promise<string> {
		const signal = new AbortController().signal;
		const { systemPrompt, maxTokens } = chat.store.state.settings.effective;
		const messages = [
			{ role: "system", text: systemPrompt },
			{ role: "user", text: question },
			{ role: "assistant", text: cut },
		] as const;
		let text = "";
		await chat.languageModel.prepare(signal);
		await chat.languageModel.generate(
			messages,
			{ maxTokens, temperature: 0 },
			{
				onPrefill: () => undefined,
				onText: (_channel, piece) => {
					text += piece;
				},
			},
			signal,
		);
		return text;
	}

	it("keeps the received text on screen and on disk, and Continue gives the result of one call", async function () {
		const random = seededRandom(seed);
		const hostPid = process.pid;
		let equalToWhole = 0;
		for (let round = 0; round < kills; round += 1) {
			const signal = signals[round % signals.length] ?? "SIGKILL";
			let tries = 1;
			while (!(await askAndKill(1 + Math.floor(random() * (whole.length - 150)), signal))) {
				tries += 1;
				assert.ok(tries <= 5, "the model is faster than signals");
			}
			const { state, reply: cut } = answer();
			const outcome = state.kind === "ended" ? state.outcome : undefined;
			assert.equal(outcome?.kind, "failed", `${signal} after ${cut.length} characters`);
			assert.equal(outcome.failure.kind, "processCrashed");
			assert.ok(whole.startsWith(cut) && cut.length < whole.length, "the text so far is kept");
			await until("the text is on disk", async () => (await textOnDisk()) === cut, 1_000);

			// As a user would, with the button, which appears when no window answers in the chat.
			await until("it can be written on", () => chat.store.state.access.kind === "open");
			chat.session.continueAnswer(answer().id);
			await chat.session.whenSettled;
			const end = answer().state;
			assert.equal(end.kind === "ended" && end.outcome.kind, "complete", JSON.stringify(end));
			const continued = answer().reply;
			assert.equal(continued, cut + (await oneCall(cut)), `cut after ${cut.length} characters`);
			assert.equal(await textOnDisk(), continued);
			equalToWhole += continued === whole ? 1 : 0;
			assert.equal(process.pid, hostPid);
		}
		assert.ok(this.test);
		this.test.title += ` (in ${equalToWhole} of ${kills} the whole equals the uninterrupted answer)`;
	});
});
