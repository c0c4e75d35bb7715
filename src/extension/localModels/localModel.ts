/** The program that manages a folder of models; "ours" is this extension. */
export type ModelStore = "ours" | "lmStudio" | "huggingFace" | "llamaCpp" | "ollama";

/** A model on this machine that can be used in place. */
export interface LocalModel {
	readonly store: ModelStore;
	/** The display name, as its store names it: "Llama-3.2-3B-Instruct-Q4_K_M", "llama3.2:3b". */
	readonly name: string;
	/** The absolute path of the file, or of a split model's first part. A value for `localLlm.model`. */
	readonly path: string;
	/** The paths of all files of the model, beginning with `path`. */
	readonly parts: readonly string[];
	/** The size of all parts together. */
	readonly fileBytes: number;
	/** The quantization, such as "Q4_K_M"; `undefined` if the name does not contain it. */
	readonly quantization: string | undefined;
}

/** The environment in which stores are searched. It is a parameter so that tests can supply one. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The absolute path of the user's home folder. */
	readonly home: string;
	readonly platform: NodeJS.Platform;
}
