/** A hash in hexadecimal digits. */
export interface Checksum {
	readonly algorithm: "sha256" | "sha512";
	readonly digest: string;
}

/** A file as its host describes it. */
export interface RemoteFile {
	/** The name it gets on this machine. */
	readonly fileName: string;
	readonly url: string;
	/** The address whose answer named `url`; absent: the person named it, or what it is made of. */
	readonly namedBy?: string | undefined;
	readonly bytes: number;
	/** What its content must hash to; `undefined` where nobody states it. */
	readonly checksum: Checksum | undefined;
	/** The host's name for this very content, where it gives one. */
	readonly etag: string | undefined;
}

/** A model as its host describes it. */
export interface RemoteModel {
	/** One, or the parts of a split model in order. */
	readonly files: readonly RemoteFile[];
	readonly license: string | undefined;
}
