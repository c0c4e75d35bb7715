/** The meaning of a value of `localLlm.model`. */
export type ModelSource =
	/** An absolute path. Only the file's content shows whether it is a model. */
	| { readonly kind: "file"; readonly path: string }
	/** An `hf:` URI or a URL to download from. */
	| { readonly kind: "address"; readonly uri: string };

const absolutePath = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;
const huggingFace = /^hf:[^\s/:#\\]+\/[^\s/\\]+[^\s\\]*$/;
const webAddress = /^(https?):\/\/(\[[0-9a-f:]+\]|[^\s/?#:@[\]]+)(?::\d+)?(?:[/?#]\S*)?$/i;
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Parses a value of `localLlm.model`: the absolute path of a .gguf file, `hf:user/model[:quantization]`,
 * `hf:user/model/path.gguf`, or an https URL. Plain http is allowed only for this machine.
 *
 * @returns `undefined` for any other value
 */
export function parseModelSource(value: string): ModelSource | undefined {
	const trimmed = value.trim();
	if (absolutePath.test(trimmed)) {
		return { kind: "file", path: trimmed };
	}
	if (huggingFace.test(trimmed)) {
		return { kind: "address", uri: trimmed };
	}
	const [, scheme, host] = webAddress.exec(trimmed) ?? [];
	if (scheme === undefined || host === undefined) {
		return undefined;
	}
	const allowed = scheme.toLowerCase() === "https" || loopback.test(host);
	return allowed ? { kind: "address", uri: trimmed } : undefined;
}
