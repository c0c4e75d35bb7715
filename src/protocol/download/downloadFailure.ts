/** Why a model cannot be fetched from its host. Plain data: `describeDownloadFailure` turns it into words. */
export type DownloadCause =
	/** No route, no answer, or a connection that broke again and again. */
	| { readonly kind: "unreachable" }
	/** The host's certificate is not trusted, or the connection cannot be encrypted. */
	| { readonly kind: "tlsFailed" }
	/** The host has no such repository or file. */
	| { readonly kind: "notFound" }
	/** The repository has models, but not in this quantization; `available` are those it has. */
	| { readonly kind: "noSuchQuantization"; readonly available: readonly string[] }
	/** The repository holds no GGUF model. */
	| { readonly kind: "noModelFile" }
	/** The host gives the model to accounts only. */
	| { readonly kind: "tokenNeeded"; readonly page: string }
	/** It does not give it to the account of the token: that is wrong, or has not agreed to the model's licence. */
	| { readonly kind: "tokenRefused"; readonly page: string }
	/** The host does not tell how large the file is, so nobody could tell whether it came whole. */
	| { readonly kind: "sizeUnknown" }
	/** The host asks for patience. */
	| { readonly kind: "rateLimited" }
	| { readonly kind: "serverError"; readonly status: number }
	/** The host wants an access token, and whoever is on the way there could read it. */
	| { readonly kind: "tokenUnsafe" }
	/** The host leads on to an address that is not followed. */
	| { readonly kind: "redirectRefused"; readonly objection: RedirectObjection }
	/** What the host says of the model goes on beyond all that a host has to say. */
	| { readonly kind: "answerWithoutEnd" }
	| {
			readonly kind: "diskFull";
			/** With what is to stay free; once the download has begun, only what is missing. 0: unknown. */
			readonly requiredBytes: number;
			/** `null`: the system does not tell. */
			readonly freeBytes: number | null;
			readonly directory: string;
			/** It became full while the model was being written. */
			readonly hasBegun: boolean;
	  }
	| { readonly kind: "folderUnwritable"; readonly directory: string }
	/** The host sends another number of bytes than it states. */
	| {
			readonly kind: "sizeMismatch";
			readonly expectedBytes: number;
			readonly receivedBytes: number;
	  }
	/** What came has not the sha256 that the host states. It is kept at `path`. */
	| { readonly kind: "checksumMismatch"; readonly path: string }
	/** The registry has another package under this name and version than the one that is known. */
	| { readonly kind: "registryDisagrees"; readonly package: string }
	/** Somebody took the file away while it was being written. */
	| { readonly kind: "fileRemoved" }
	/** The process that downloads ended by itself. */
	| { readonly kind: "processCrashed" }
	| { readonly kind: "other" };

/** Why an address is not followed that a host names. */
export type RedirectObjection =
	/** It leads in a circle. */
	| "circle"
	/** Without encryption. */
	| "insecure"
	/** Neither https nor http. */
	| "notWeb"
	/** With a name or password in it. */
	| "credentials"
	/** On this machine or on its network, where the host itself is not. */
	| "inner";
