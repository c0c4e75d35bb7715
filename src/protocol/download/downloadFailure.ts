/** Why a model cannot be downloaded. Plain data: `describeDownloadFailure` turns it into words. */
export type DownloadCause =
	/** No route, no answer, or a connection that broke repeatedly. */
	| { readonly kind: "unreachable" }
	/** The server's certificate is not trusted, or the connection cannot be encrypted. */
	| { readonly kind: "tlsFailed" }
	/** The server does not have the repository or file. */
	| { readonly kind: "notFound" }
	/** The repository has models, but not in this quantization; `available` lists those that it has. */
	| { readonly kind: "noSuchQuantization"; readonly available: readonly string[] }
	/** The repository contains no GGUF model. Go back and choose another one. */
	| { readonly kind: "noModelFile" }
	/** The model is gated, and there is no access token. */
	| { readonly kind: "tokenNeeded"; readonly page: string }
	/** The model is gated, and the token is wrong or its account has not accepted the model's license. */
	| { readonly kind: "tokenRefused"; readonly page: string }
	/** The server does not report the file size, so a complete download could not be recognized. */
	| { readonly kind: "sizeUnknown" }
	/** The server limits the rate of requests. */
	| { readonly kind: "rateLimited" }
	| { readonly kind: "serverError"; readonly status: number }
	/** The server requires an access token, but the connection is not safe from eavesdropping. */
	| { readonly kind: "tokenUnsafe" }
	/** The server redirects to an address that is not followed. */
	| { readonly kind: "redirectRefused"; readonly objection: RedirectObjection }
	/** The server's answer about the model is larger than any genuine answer. */
	| { readonly kind: "answerWithoutEnd" }
	| {
			readonly kind: "diskFull";
			/**
			 * Bytes needed, including those that must stay free; once the download has begun, only the missing bytes. 0
			 * if unknown.
			 */
			readonly requiredBytes: number;
			/** `null` if the system does not report it. */
			readonly freeBytes: number | null;
			readonly directory: string;
			/** Whether the disk became full while the model was being written. */
			readonly hasBegun: boolean;
	  }
	| { readonly kind: "folderUnwritable"; readonly directory: string }
	/** The server sends a different number of bytes than it states. */
	| {
			readonly kind: "sizeMismatch";
			readonly expectedBytes: number;
			readonly receivedBytes: number;
	  }
	/** The download does not have the SHA-256 that the server states. It is kept at `path`. */
	| { readonly kind: "checksumMismatch"; readonly path: string }
	/** The registry's package with this name and version is not the expected one. */
	| { readonly kind: "registryDisagrees"; readonly package: string }
	/** The file was removed while it was being written. */
	| { readonly kind: "fileRemoved" }
	/** The download process ended unexpectedly. */
	| { readonly kind: "processCrashed" }
	| { readonly kind: "other" };

/** Why a redirect is not followed. */
export type RedirectObjection =
	/** It leads in a circle. */
	| "circle"
	/** It is not encrypted. */
	| "insecure"
	/** It is neither https nor http. */
	| "notWeb"
	/** It contains a name or password. */
	| "credentials"
	/** It leads to this machine or its network, where the server itself is not. */
	| "inner";
