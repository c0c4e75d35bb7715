import assert from "node:assert/strict";
import type { LlamaContextSequence, Token } from "node-llama-cpp";
import { PromptEvaluator } from "../../../../src/inference/llama/promptEvaluator";

/** A context that holds tokens and computes nothing. */
class FakeSequence {
	readonly context = { batchSize: 64 };
	held: Token[] = [];
	readonly pieces: number[] = [];
	/** Called with each piece, before it is held. */
	onPiece: () => void = () => undefined;
	readonly #canGoBack: boolean;
	#checkpoint = 0;

	/** @param canGoBack to any token; otherwise to the last checkpoint, or to nothing */
	constructor(canGoBack = true) {
		this.#canGoBack = canGoBack;
	}

	get nextTokenIndex(): number {
		return this.held.length;
	}

	takeCheckpoint(): Promise<void> {
		this.#checkpoint = this.held.length;
		return Promise.resolve();
	}

	adaptStateToTokens(tokens: readonly Token[]): Promise<void> {
		const common = this.held.findIndex((token, index) => token !== tokens[index]);
		if (common >= 0) {
			const kept = this.#canGoBack ? common : this.#checkpoint <= common ? this.#checkpoint : 0;
			this.held = this.held.slice(0, kept);
		}
		return Promise.resolve();
	}

	evaluateWithoutGeneratingNewTokens(piece: readonly Token[]): Promise<void> {
		this.onPiece();
		this.pieces.push(piece.length);
		this.held.push(...piece);
		return Promise.resolve();
	}
}

const never = new AbortController().signal;

function tokens(count: number, from = 0): Token[] {
	return Array.from({ length: count }, (_, index) => (from + index) as Token);
}

function evaluatorOver(sequence: FakeSequence): PromptEvaluator {
	return new PromptEvaluator(sequence as unknown as LlamaContextSequence, undefined);
}

describe("PromptEvaluator", () => {
	it("leaves the last token to the answer, except when preloading", async () => {
		const sequence = new FakeSequence();
		const evaluator = evaluatorOver(sequence);
		assert.equal(await evaluator.evaluate(tokens(300), () => undefined, never), 300);
		assert.equal(sequence.held.length, 299);
		assert.deepEqual(await evaluator.preload(tokens(320), never), {
			evaluatedTokens: 21,
			heldTokens: 320,
		});
	});

	it("counts preloaded tokens as held", async () => {
		const evaluator = evaluatorOver(new FakeSequence());
		await evaluator.preload(tokens(300), never);
		assert.equal(await evaluator.evaluate(tokens(310), () => undefined, never), 10);
	});

	it("stops preloading after the piece in which it is aborted", async () => {
		const sequence = new FakeSequence();
		const stop = new AbortController();
		sequence.onPiece = () => {
			if (sequence.held.length > 100) {
				stop.abort();
			}
		};
		const { evaluatedTokens, heldTokens } = await evaluatorOver(sequence).preload(
			tokens(1000),
			stop.signal,
		);
		assert.equal(heldTokens, sequence.held.length);
		assert.equal(evaluatedTokens, heldTokens);
		assert.ok(heldTokens > 100 && heldTokens - sequence.pieces.at(-1)! <= 164);
		assert.ok(heldTokens < 1000);
	});

	it("returns to where the next prompt differs, in a context that can only return to checkpoints", async () => {
		const sequence = new FakeSequence(false);
		const evaluator = evaluatorOver(sequence);
		const progress: number[] = [];
		const note = (doneTokens: number): void => {
			progress.push(doneTokens);
		};
		await evaluator.evaluate([...tokens(300), ...tokens(5, 1000)], note, never, 300);
		assert.deepEqual(
			progress,
			progress.toSorted((a, b) => a - b),
		);
		const next = [...tokens(300), ...tokens(40, 2000)];
		assert.equal(await evaluator.evaluate(next, note, never), 40);
	});

	it("discards a preloaded message without discarding the conversation before it", async () => {
		const sequence = new FakeSequence(false);
		const evaluator = evaluatorOver(sequence);
		await evaluator.evaluate(tokens(300), () => undefined, never);
		await evaluator.preload([...tokens(300), ...tokens(50, 1000)], never);
		const other = [...tokens(300), ...tokens(5, 2000)];
		assert.equal(await evaluator.evaluate(other, () => undefined, never), 6);
	});
});
