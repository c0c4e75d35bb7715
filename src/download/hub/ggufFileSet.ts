/** A file of a model, on a host or on this machine. */
export interface NamedFile {
	/** With its path, parted by "/". */
	readonly name: string;
	/** `undefined` where nobody says it. */
	readonly bytes?: number;
}

/** A model among other files: one, or several parts that belong together. */
export interface GgufFileSet<F extends NamedFile> {
	/** As its file or folder tells, in upper case: "Q4_K_M", "UD-Q4_K_XL", "F16". */
	readonly quantization: string | undefined;
	/** In order; the first is what llama.cpp is given. */
	readonly parts: readonly F[];
	/** Of all parts together; `undefined` where nobody says it. */
	readonly bytes: number | undefined;
}
