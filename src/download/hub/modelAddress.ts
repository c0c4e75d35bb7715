import path from "node:path";
import { parseModelSource } from "../../protocol/download/modelSource";
import { unescaped } from "./endpoint";

/** What an address of a model names. */
export type ModelAddress =
	| {
			readonly kind: "hub";
			readonly owner: string;
			readonly repository: string;
			/** A branch, tag or commit. */
			readonly revision: string;
			/** Path of the file in the repository; `undefined`: the quantization decides. */
			readonly file: string | undefined;
			/** "Q4_K_M"; `undefined`: any will do. */
			readonly quantization: string | undefined;
	  }
	| { readonly kind: "web"; readonly url: string };

/** Names of owners and repositories. */
const hubName = /^(?!\.)[\w.-]{1,96}$/;
/** The page of a file and the file itself. */
const hubPage =
	/^https:\/\/(?:huggingface\.co|hf\.co)\/([^/]+)\/([^/]+)\/(?:resolve|blob)\/([^/]+)\/([^?#]+)/;

/** @returns `undefined` if `uri` is not an address that models are fetched from. */
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
 * @returns the folder, below that of all models, and the file name a model gets on this machine. The name is
 * `undefined` while only its host knows it.
 */
export function localPlace(address: ModelAddress): {
	folder: string;
	fileName: string | undefined;
} {
	if (address.kind === "hub") {
		const { owner, repository, revision, file } = address;
		const name = revision === "main" ? repository : `${repository}@${safeName(revision)}`;
		// The same whichever mirror it came from.
		const folder = path.join("huggingface.co", owner, name);
		return { folder, fileName: file === undefined ? undefined : safeName(baseName(file)) };
	}
	const { host, pathname } = new URL(address.url);
	const name = safeName(unescaped(pathname).replace(/\.gguf$/i, "")).slice(-200);
	return { folder: safeName(host), fileName: `${name || "model"}.gguf` };
}

/** @returns a name for a file of any system: what could lead elsewhere, or means something to one, is replaced. */
export function safeName(name: string): string {
	return name.replace(/[^\p{L}\p{N}._@+-]+|\.{2,}/gu, "_").replace(/^[._]+|[._]+$/g, "");
}

/** @returns the last part of a path in a repository. */
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
