/** A hash in hexadecimal digits. */
export interface Checksum {
	readonly algorithm: "sha256" | "sha512";
	readonly digest: string;
}

/** A file as its server describes it. */
export interface RemoteFile {
	/** The file's name on this machine. */
	readonly fileName: string;
	readonly url: string;
	/** The address whose response named `url`; absent if the user named it, or what it is derived from. */
	readonly namedBy?: string | undefined;
	readonly bytes: number;
	/** The expected checksum of the content; `undefined` if none is published. */
	readonly checksum: Checksum | undefined;
	/** The server's identifier of this exact content, if it sends one. */
	readonly etag: string | undefined;
}

/** A model as its server describes it. */
export interface RemoteModel {
	/** The single file, or the parts of a split model in order. */
	readonly files: readonly RemoteFile[];
	readonly license: string | undefined;
}
