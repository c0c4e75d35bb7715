/** A file as its host describes it. */
export interface RemoteFile {
	/** The name it gets on this machine. */
	readonly fileName: string;
	readonly url: string;
	readonly bytes: number;
	/** In hexadecimal digits; `undefined` where the host states none. */
	readonly sha256: string | undefined;
	/** The host's name for this very content, where it gives one. */
	readonly etag: string | undefined;
}

/** A model as its host describes it. */
export interface RemoteModel {
	/** One, or the parts of a split model in order. */
	readonly files: readonly RemoteFile[];
	readonly license: string | undefined;
}
