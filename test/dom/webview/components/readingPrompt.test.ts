import assert from "node:assert/strict";
import { chatState, runningTurn, userTurn } from "../../../support/view/chatStates";
import { openView, type OpenView } from "./openView";

describe("A prompt that is being read", () => {
	const { now } = Date;
	let view: OpenView;
	let nowMs: number;

	beforeEach(async () => {
		nowMs = now();
		Date.now = () => nowMs;
		const state = { kind: "running", progress: { kind: "preparing" } } as const;
		const turns = [userTurn("question", "Hello"), runningTurn("answer", "", { state })];
		view = await openView(chatState({ turns }));
	});
	afterEach(() => {
		Date.now = now;
	});

	/** Returns the shown text after a part of the prompt was read. */
	async function read(doneTokens: number, afterMs = 0): Promise<string> {
		nowMs += afterMs;
		const progress = { kind: "prefill", doneTokens, totalTokens: 1000 } as const;
		view.port.publish({ type: "progressed", turnId: "answer", progress });
		await view.drawn();
		return view.find("answer-progress").textContent.trim();
	}

	it("shows its progress and the remaining time", async () => {
		assert.equal(await read(0), "Reading the prompt…");
		assert.equal(await read(100, 2000), "Reading the prompt: 10%, about 18 s left");
		assert.equal(await read(500, 8000), "Reading the prompt: 50%, about 10 s left");
	});

	it("shows no numbers if it takes less than a second", async () => {
		await read(0);
		assert.equal(await read(250, 200), "Reading the prompt…");
		assert.equal(await read(750, 400), "Reading the prompt…");
	});

	it("restarts its measurement when another prompt follows", async () => {
		await read(0);
		await read(100, 2000);
		view.port.publish({ type: "progressed", turnId: "answer", progress: { kind: "preparing" } });
		await view.drawn();
		assert.equal(await read(0, 60_000), "Reading the prompt…");
		assert.equal(await read(100, 1000), "Reading the prompt: 10%, about 9 s left");
	});

	it("does not announce each step to screen readers", async () => {
		await read(0);
		const said = view.heard();
		await read(100, 2000);
		await read(500, 8000);
		assert.equal(view.heard(), said);
	});
});
