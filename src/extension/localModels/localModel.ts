/** Who keeps the models of a folder. */
export type ModelStore = "ours" | "lmStudio" | "huggingFace" | "llamaCpp" | "ollama";

/** A model that is on this machine and can be used where it lies. */
export interface LocalModel {
	readonly store: ModelStore;
	/** For people, as its store calls it: "Llama-3.2-3B-Instruct-Q4_K_M", "llama3.2:3b". */
	readonly name: string;
	/** Absolute; of the first part if the model is split. A value for `localLlm.model`. */
	readonly path: string;
	/** All files of the model, `path` the first of them. */
	readonly parts: readonly string[];
	/** Of all parts together. */
	readonly fileBytes: number;
	/** "Q4_K_M", where a name tells. */
	readonly quantization: string | undefined;
}

/** Where stores are looked for; handed in, so that a test can give its own. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The person's home, absolute. */
	readonly home: string;
	readonly platform: NodeJS.Platform;
}
