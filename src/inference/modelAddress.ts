import { parseModelSource } from "../protocol/modelSource";

/** An address of a model, taken apart. */
export interface ModelAddress {
	/** What the downloader is given. */
	readonly uri: string;
	/** The server that is asked for the model, as the user should know it. */
	readonly host: string;
	/** Answers 2xx if the model is there: a small document, or the file itself. */
	readonly probeUrl: string;
	/** The name that the file gets on this machine; `undefined`: the downloader chooses one that names the repository. */
	readonly fileName: string | undefined;
}

/** @returns where models named `hf:` come from: the variables for mirrors are the ones that llama.cpp reads. */
export function huggingFaceEndpoint(env: NodeJS.ProcessEnv): string {
	const configured = env.MODEL_ENDPOINT ?? env.HF_ENDPOINT ?? "";
	const endpoint = URL.canParse(configured) ? configured : "https://huggingface.co/";
	return endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
}

/** @returns `undefined` if `uri` is not an address that models are fetched from. */
export function parseModelAddress(uri: string, endpoint: string): ModelAddress | undefined {
	if (parseModelSource(uri)?.kind !== "address") {
		return undefined;
	}
	if (!uri.startsWith("hf:")) {
		if (!URL.canParse(uri)) {
			return undefined;
		}
		const url = new URL(uri);
		return { uri, host: url.host, probeUrl: uri, fileName: localName(url) };
	}
	const host = new URL(endpoint).host;
	const [user = "", repository = "", ...path] = uri.slice("hf:".length).split("/");
	const [model = "", tag] = repository.split(":");
	const owner = `${encodeURIComponent(user)}/${encodeURIComponent(model)}`;
	if (path.length === 0) {
		const manifest = `manifests/${encodeURIComponent(tag ?? "latest")}`;
		return { uri, host, probeUrl: `${endpoint}v2/${owner}/${manifest}`, fileName: undefined };
	}
	const [file = "", branch = "main"] = path.join("/").split("#");
	const escaped = file.split("/").map(encodeURIComponent).join("/");
	const probeUrl = `${endpoint}${owner}/resolve/${encodeURIComponent(branch)}/${escaped}`;
	return { uri, host, probeUrl, fileName: undefined };
}

/**
 * An address that names a repository and no quantization is content with any that was fetched: the downloader looks
 * only for the usual ones, and would ask the host again for the others (node-llama-cpp 3.22).
 *
 * @param fileNames of the models on this machine, as the downloader names them.
 * @returns the addresses of those that come from the repository, in the order of their names.
 */
export function fetchedVariants(uri: string, fileNames: readonly string[]): string[] {
	const [, user, model] = /^hf:([^/:#]+)\/([^/:#]+)(?::latest)?$/i.exec(uri) ?? [];
	if (user === undefined || model === undefined) {
		return [];
	}
	const name = model.replace(/-gguf$/i, "");
	const prefix = name === model ? `hf_${user}_${model}_${name}.` : `hf_${user}_${name}.`;
	const quantizations = fileNames.flatMap((fileName) => {
		const rest = fileName.startsWith(prefix) ? fileName.slice(prefix.length) : "";
		return /^([\w-]+?)(?:-\d{5}-of-\d{5})?\.gguf$/.exec(rest)?.[1] ?? [];
	});
	return [...new Set(quantizations)]
		.sort()
		.map((quantization) => `hf:${user}/${model}:${quantization}`);
}

/** Names the host too: two servers may call different models the same. */
function localName(url: URL): string {
	const path = unescaped(url.pathname).replace(/\.gguf$/i, "");
	const name = `${url.host}${path}`.replace(/[^\p{L}\p{N}._-]+/gu, "_").slice(-200);
	return `${name}.gguf`;
}

function unescaped(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		// A percent sign that escapes nothing is valid in a URL.
		return path;
	}
}
