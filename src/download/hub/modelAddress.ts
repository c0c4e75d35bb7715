import path from "node:path";
import { parseModelSource } from "../../protocol/download/modelSource";
import { unescaped } from "./endpoint";

/** The target of a model's address. */
export type ModelAddress =
	| {
			readonly kind: "hub";
			readonly owner: string;
			readonly repository: string;
			/** A branch, tag, or commit. */
			readonly revision: string;
			/** Path of the file in the repository; `undefined` if the quantization decides. */
			readonly file: string | undefined;
			/** For example "Q4_K_M"; `undefined` for any. */
			readonly quantization: string | undefined;
	  }
	| { readonly kind: "web"; readonly url: string };

/** Valid names of owners and repositories. */
const hubName = /^(?!\.)[\w.-]{1,96}$/;
/** Matches the address of a file, and of its page. */
const hubPage =
	/^https:\/\/(?:huggingface\.co|hf\.co)\/([^/]+)\/([^/]+)\/(?:resolve|blob)\/([^/]+)\/([^?#]+)/;

/** Returns `undefined` if `uri` is not an address that models are downloaded from. */
export function parseModelAddress(uri: string): ModelAddress | undefined {
	if (parseModelSource(uri)?.kind !== "address") {
		return undefined;
	}
	if (uri.startsWith("hf:")) {
		return parseHubName(uri.slice("hf:".length));
	}
	const [, owner, repository, revision, file] = hubPage.exec(uri) ?? [];
	if (owner && repository && revision && file) {
		return hubAddress(owner, repository, unescaped(revision), unescaped(file), undefined);
	}
	return URL.canParse(uri) ? { kind: "web", url: uri } : undefined;
}

/**
 * Returns a model's folder on this machine, relative to the folder of all models, and its file name. The name is
 * `undefined` if only the server knows it.
 */
export function localPlace(address: ModelAddress): {
	folder: string;
	fileName: string | undefined;
} {
	if (address.kind === "hub") {
		const { owner, repository, revision, file } = address;
		const name = revision === "main" ? repository : `${repository}@${safeName(revision)}`;
		// The folder is the same for every mirror.
		const folder = path.join("huggingface.co", owner, name);
		return { folder, fileName: file === undefined ? undefined : safeName(baseName(file)) };
	}
	const { host, pathname } = new URL(address.url);
	const name = safeName(unescaped(pathname).replace(/\.gguf$/i, "")).slice(-200);
	return { folder: safeName(host), fileName: `${name || "model"}.gguf` };
}

/**
 * Returns a file name that is valid on every system: replaces characters that are part of a path or have a special
 * meaning.
 */
export function safeName(name: string): string {
	return name.replace(/[^\p{L}\p{N}._@+-]+|\.{2,}/gu, "_").replace(/^[._]+|[._]+$/g, "");
}

/** Returns the last segment of a path in a repository. */
export function baseName(file: string): string {
	return file.slice(file.lastIndexOf("/") + 1);
}

function parseHubName(name: string): ModelAddress | undefined {
	const [owner = "", repositoryAndTag = "", ...rest] = name.split("/");
	const [repository = "", tag] = repositoryAndTag.split(":");
	if (rest.length === 0) {
		const quantization = tag === undefined || /^(?:latest)?$/i.test(tag) ? undefined : tag;
		return hubAddress(owner, repository, "main", undefined, quantization);
	}
	const [file = "", revision = "main"] = rest.join("/").split("#");
	return tag === undefined ? hubAddress(owner, repository, revision, file, undefined) : undefined;
}

function hubAddress(
	owner: string,
	repository: string,
	revision: string,
	file: string | undefined,
	quantization: string | undefined,
): ModelAddress | undefined {
	const sound =
		hubName.test(owner) &&
		hubName.test(repository) &&
		revision !== "" &&
		(file === undefined || file.split("/").every((part) => !/^\.{0,2}$/.test(part)));
	return sound ? { kind: "hub", owner, repository, revision, file, quantization } : undefined;
}
