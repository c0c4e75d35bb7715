/** A model file, on a host or on this machine. */
export interface NamedFile {
	/** Includes its path, separated by "/". */
	readonly name: string;
	/** `undefined` if unknown. */
	readonly bytes?: number;
}

/** One model: a single file, or several parts that belong together. */
export interface GgufFileSet<F extends NamedFile> {
	/** Taken from the name of the file or folder, in upper case: "Q4_K_M", "UD-Q4_K_XL", "F16". */
	readonly quantization: string | undefined;
	/** In order. llama.cpp is given the first. */
	readonly parts: readonly F[];
	/** The total of all parts; `undefined` if unknown. */
	readonly bytes: number | undefined;
}
