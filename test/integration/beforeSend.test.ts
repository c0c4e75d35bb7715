import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { ConfigurationTarget, workspace } from "vscode";
import { preloadDelayMs } from "../../src/extension/prompt/promptPreloader";
import { systemClock } from "../../src/extension/base/clock";
import type { ComposedChat } from "../../src/extension/composition/extensionApi";
import type { AnswerStats } from "../../src/protocol/chat/chat";
import type { PreloadProgress } from "../../src/protocol/inference/inference";
import { demoModelFile } from "../../scripts/lib/paths.mjs";
import { attachedCode } from "../support/chats/sessionHarness";
import { until } from "../support/until";
import { extension } from "./extension";

/*
 * The name puts this file before those that show the view: it composes the extension again, and VS Code resolves a view
 * only once.
 */

describe("A message that is written while the model is idle", function () {
	this.timeout(60_000);
	const configuration = workspace.getConfiguration("localLlm");
	const draft = "What is the value of";
	const code = Array.from({ length: 60 }, (_, line) => `const name${line} = ${line * 7};`);
	let chat: ComposedChat;
	/** The number of preload requests, and their outcome. */
	let asked: number;
	let reads: (PreloadProgress | undefined)[];
	/** Tokens of the conversation that the model already holds. */
	let heldTokens: number;

	before(async () => {
		await configuration.update("model", demoModelFile, ConfigurationTarget.Global);
		await configuration.update("temperature", 0, ConfigurationTarget.Global);
		chat = await (await extension().activate()).recompose();
		const { languageModel } = chat;
		const readAhead = languageModel.preload.bind(languageModel);
		languageModel.preload = async (...given) => {
			asked += 1;
			const read = await readAhead(...given);
			reads.push(read);
			return read;
		};
		await chat.shown.start();
	});

	beforeEach(async () => {
		reads = [];
		asked = 0;
		await chat.shown.startNew();
		const { promptTokens, answerTokens } = await send("Who are you?");
		heldTokens = promptTokens + answerTokens;
	});

	afterEach(async () => {
		await chat.perform({ type: "draftTyped", text: "" });
		await configuration.update("preload", undefined, ConfigurationTarget.Global);
	});

	after(async () => {
		await chat.languageModel.unload();
		for (const key of ["model", "temperature"]) {
			await configuration.update(key, undefined, ConfigurationTarget.Global);
		}
	});

	/** Returns the figures of the answer. */
	async function send(text: string): Promise<AnswerStats> {
		await chat.perform({ type: "submit", turnId: randomUUID(), text });
		await chat.session.whenSettled;
		const turn = chat.store.state.turns.at(-1);
		assert.ok(turn?.role === "assistant" && turn.state.kind === "ended");
		const { outcome } = turn.state;
		assert.ok("stats" in outcome && outcome.stats, JSON.stringify(outcome));
		return outcome.stats;
	}

	it("is preloaded with its code before Send, except the last words", async () => {
		chat.attachments.add([attachedCode("a1", code.join("\n"))]);
		await until("the code is read", () => reads.some((read) => read));
		reads.length = 0;
		await chat.perform({ type: "draftTyped", text: draft });
		await until("the words are read", () => reads.some((read) => read));
		const { promptTokens, evaluatedTokens } = await send(`${draft} name7?`);
		assert.ok(promptTokens - heldTokens > 400, `a message of ${promptTokens - heldTokens} tokens`);
		assert.ok(evaluatedTokens < 20, `${evaluatedTokens} tokens were left`);
	});

	it("is preloaded while it is typed, without code", async () => {
		await chat.perform({ type: "draftTyped", text: code.join("\n") });
		await until("the words are read", () => reads.some((read) => read));
		const { promptTokens, evaluatedTokens } = await send(code.join("\n"));
		assert.ok(promptTokens - heldTokens > 400, `a message of ${promptTokens - heldTokens} tokens`);
		assert.ok(evaluatedTokens < 20, `${evaluatedTokens} tokens were left`);
	});

	it("is not preloaded if the setting forbids it", async () => {
		await configuration.update("preload", false, ConfigurationTarget.Global);
		await until("the setting is in force", () => {
			return workspace.getConfiguration("localLlm").get("preload") === false;
		});
		chat.attachments.add([attachedCode("a1", code.join("\n"))]);
		await chat.perform({ type: "draftTyped", text: draft });
		// Of two timers of equal length, the later one ends later, so any preloading has started by then.
		await new Promise<void>((resolve) => systemClock.after(preloadDelayMs, resolve));
		assert.equal(asked, 0);
		const { promptTokens, evaluatedTokens } = await send(`${draft} name7?`);
		assert.equal(evaluatedTokens, promptTokens - heldTokens);
	});
});
