import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { describeFailure } from "../../../src/wording/describeFailure";
import { damagedModel } from "../../support/models/badModels";
import { temporaryFolder } from "../../support/temporaryFolder";
import { damages } from "../../support/models/damagedModels";
import {
	createLocalLanguageModel,
	demoModel,
	inferenceModule,
} from "../../support/models/localModelFixture";
import { chosenSeed, seededRandom } from "../../support/random";
import { ask, never, options, Transcript } from "./describeLanguageModel";
import { FailureError } from "../../../src/protocol/failureError";

const seed = chosenSeed();
/** Of each kind. */
const filesPerKind = Number(process.env.CORRUPT_MODELS ?? 4);

describe(`a damaged model ends in a sentence, or answers (SEED=${seed})`, function () {
	this.timeout(30_000 + 10_000 * filesPerKind);
	const fixture = createLocalLanguageModel(inferenceModule, { contextTokens: 512 });
	const { languageModel } = fixture;
	let folder: Awaited<ReturnType<typeof temporaryFolder>>;

	before(async () => {
		folder = await temporaryFolder();
	});
	after(async () => {
		await languageModel.unload();
		await folder.remove();
	});

	/** Loads a model and asks it something. @returns "answers", or the kind of failure. */
	async function outcomeOf(model: string): Promise<string> {
		fixture.settings = { ...fixture.settings, model };
		languageModel.settingsChanged();
		try {
			assert.ok(await languageModel.prepare(never));
			const short = { ...options, maxTokens: 4 };
			await languageModel.generate(ask("Hello!"), short, new Transcript(), never);
			return "answers";
		} catch (error) {
			assert.ok(error instanceof FailureError, String(error));
			const { sentence, actions } = describeFailure(error.failure);
			assert.match(sentence, /^[A-Z/“].*\.$/s);
			assert.ok(actions.length > 0);
			return error.failure.kind;
		}
	}

	for (const [index, { name, inflict }] of damages.entries()) {
		it(name, async function () {
			const random = seededRandom(seed + index);
			const counts = new Map<string, number>();
			for (let file = 0; file < filesPerKind; file++) {
				const model = await damagedModel(folder.path, `${index}-${file}.gguf`, (whole) =>
					inflict(whole, random),
				);
				const outcome = await outcomeOf(model);
				assert.notEqual(outcome, "internal", `file ${file}`);
				counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
				await rm(model);
			}
			this.test!.title += `: ${[...counts].map(([outcome, count]) => `${outcome} ${count}`).join(", ")}`;
		});
	}

	it("and a good one answers after all of them", async () => {
		assert.equal(await outcomeOf(demoModel), "answers");
	});
});
