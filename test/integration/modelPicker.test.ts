import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { commands } from "vscode";
import type { LocalModel } from "../../src/extension/localModels/localModel";
import { showModelPicker, type SearchModels } from "../../src/extension/modelPicker/modelPicker";
import type { PickerRow } from "../../src/extension/modelPicker/pickerRows";
import { extension } from "./extension";

const model: LocalModel = {
	store: "lmStudio",
	name: "A model",
	path: "/models/a.gguf",
	parts: ["/models/a.gguf"],
	fileBytes: 1,
	quantization: undefined,
};

/** Returns rows for the found models, and the two rows that are always below them. */
function rowsOf(local: readonly LocalModel[]): PickerRow[] {
	const words = { description: "", detail: "" };
	return [
		...local.map((found) => ({
			...words,
			kind: "local" as const,
			label: found.name,
			model: found,
		})),
		{ ...words, kind: "setting", label: "First", model: "/models/first.gguf" },
		{ ...words, kind: "setting", label: "Second", model: "/models/second.gguf" },
	];
}

/** A search that never ends on its own, as on a slow disk. */
class AbortableSearch {
	signal: AbortSignal | undefined;
	tell: Parameters<SearchModels>[0] = () => undefined;

	readonly run: SearchModels = (onFound, signal) => {
		this.tell = onFound;
		this.signal = signal;
		return new Promise(() => undefined);
	};
}

describe("the list of models", () => {
	before(() => extension().activate());

	/**
	 * Opens the list, finds a model, and presses keys through their commands. Nothing signals when the list accepts keys:
	 * each attempt waits longer, and the last one counts.
	 */
	async function open(
		expected: string | undefined,
		...keys: readonly string[]
	): Promise<AbortSignal> {
		let label: string | undefined = "none yet";
		let last: AbortSignal | undefined;
		for (let patienceMs = 100; patienceMs < 1000 && label !== expected; patienceMs += 100) {
			const search = new AbortableSearch();
			const answering = showModelPicker(rowsOf, search.run, true);
			await setTimeout(patienceMs);
			search.tell([model]);
			await setTimeout(patienceMs);
			assert.equal(search.signal?.aborted, false);
			for (const key of [...keys, "workbench.action.closeQuickOpen"]) {
				await commands.executeCommand(key);
			}
			const answer = await answering;
			label = answer?.kind === "chosen" ? answer.row.label : answer?.kind;
			last = search.signal;
		}
		assert.equal(label, expected);
		assert.ok(last);
		return last;
	}

	it("keeps the active line in place while more models are found", async () => {
		await open("First", "workbench.action.acceptSelectedQuickOpenItem");
	});

	it("chooses the model that was found last, too", async () => {
		await open(
			"A model",
			"workbench.action.quickOpenSelectPrevious",
			"workbench.action.acceptSelectedQuickOpenItem",
		);
	});

	it("ends the search when it is closed, without waiting for it", async () => {
		const signal = await open(undefined);
		assert.equal(signal.aborted, true);
	});
});
