import type { LocalLanguageModel } from "../../src/extension/inference/localLanguageModel";
import { createLocalLanguageModel, inferenceModule } from "../support/models/localModelFixture";
import type { Measured } from "./bareEngine";

const never = new AbortController().signal;

/** The whole path of an answer: host, JSON-RPC, process, engine. */
export class ProductEngine {
	readonly #backend: LocalLanguageModel;

	private constructor(languageModel: LocalLanguageModel) {
		this.#backend = languageModel;
	}

	/**
	 * @param settings with 0 threads, the product chooses
	 * @param modulePath the bundle of its process, if not the product's own
	 */
	static async start(
		settings: {
			readonly model: string;
			readonly threads: number;
			readonly contextTokens: number;
		},
		modulePath = inferenceModule,
	): Promise<ProductEngine> {
		const { languageModel } = createLocalLanguageModel(modulePath, settings);
		await languageModel.prepare(never);
		return new ProductEngine(languageModel);
	}

	async answer(system: string, question: string, maxTokens: number): Promise<Measured> {
		const startedAt = performance.now();
		let firstAt = 0;
		let text = "";
		const { stats } = await this.#backend.generate(
			[
				{ role: "system", text: system },
				{ role: "user", text: question },
			],
			{ maxTokens, temperature: 0 },
			{
				onPrefill: () => undefined,
				onText: (_channel, piece) => {
					firstAt ||= performance.now();
					text += piece;
				},
			},
			never,
		);
		const decodeMs = performance.now() - firstAt;
		return { firstTokenMs: firstAt - startedAt, decodeMs, tokens: stats?.answerTokens ?? 0, text };
	}

	/** Returns the number of threads that compute now. */
	async threads(): Promise<number> {
		const report = await this.#backend.reportDevices(never);
		return report?.loaded?.info.device.threads ?? NaN;
	}

	async stop(): Promise<void> {
		await this.#backend.unload();
	}
}
