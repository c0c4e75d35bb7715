import { listFiles, modelInfo } from "@huggingface/hub";
import * as v from "valibot";
import { DownloadError } from "../downloadError";
import { chooseModel } from "./chooseModel";
import { findGgufModels } from "./ggufModels";
import { type GgufFileSet } from "./ggufFileSet";
import type { HttpClient } from "../network/httpClient";
import { MetadataReader } from "./metadata";
import { baseName, safeName, type ModelAddress } from "./modelAddress";
import { labelsOf } from "./quantizationLabels";
import type { Checksum, RemoteFile, RemoteModel } from "../remoteModel";

type HubAddress = Extract<ModelAddress, { readonly kind: "hub" }>;

/** The fields of the host's response that are used. The response is untrusted. */
const infoSchema = v.object({
	sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
	tags: v.fallback(v.array(v.string()), []),
});
const entrySchema = v.object({
	type: v.literal("file"),
	path: v.pipe(v.string(), v.maxLength(1024)),
	size: v.pipe(v.number(), v.integer(), v.minValue(0)),
	lfs: v.optional(v.object({ oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
});
/** A license's name in the hub's tags: one short word. */
const licenseTag = /^license:([\w.+-]{1,40})$/;

/**
 * Looks up a model on Hugging Face, or a mirror of it, through the official library.
 *
 * @throws {DownloadError} `notFound`, `noModelFile`, `noSuchQuantization`, or a failure for the response's status
 */
export async function describeHubModel(
	{ owner, repository, revision, file, quantization }: HubAddress,
	endpoint: string,
	http: HttpClient,
	signal: AbortSignal,
): Promise<RemoteModel> {
	const name = `${owner}/${repository}`;
	const address = { owner, repository, revision };
	const { sha, license, files } = await readRepository(address, endpoint, http, signal);
	const models = findGgufModels(files);
	const chosen =
		file === undefined
			? chooseModel(models, { quantization, repository })
			: // The name of one part selects all of them.
				(models.find(({ parts }) => parts.some((part) => part.name === file)) ??
				findFile(files, file));
	if (!chosen) {
		throw new DownloadError(whyNone(models, repository, file, quantization));
	}
	return {
		files: chosen.parts.map((part): RemoteFile => ({
			fileName: safeName(baseName(part.name)),
			// Uses the commit, not the branch: a download that is resumed later must be of the same file.
			url: `${endpoint}/${name}/resolve/${sha}/${part.name.split("/").map(encodeURIComponent).join("/")}`,
			bytes: part.bytes,
			checksum: part.checksum,
			etag: undefined,
		})),
		license,
	};
}

/** A file in a repository's listing. */
export interface ListedFile {
	/** Includes its path, separated by "/". */
	readonly name: string;
	readonly bytes: number;
	readonly checksum: Checksum | undefined;
}

/** A hub's description of a repository at one commit. */
export interface ListedRepository {
	readonly sha: string;
	readonly license: string | undefined;
	readonly files: readonly ListedFile[];
}

/** @throws {DownloadError} `notFound`, or a failure for the response's status */
export async function readRepository(
	{ owner, repository, revision }: Pick<HubAddress, "owner" | "repository" | "revision">,
	endpoint: string,
	http: HttpClient,
	signal: AbortSignal,
): Promise<ListedRepository> {
	const name = `${owner}/${repository}`;
	const reader = new MetadataReader({ address: endpoint, http, signal });
	const options = { hubUrl: endpoint, fetch: reader.fetch };
	const info = v.parse(
		infoSchema,
		await modelInfo({ name, revision, additionalFields: ["sha", "tags"], ...options }),
	);
	const files: ListedFile[] = [];
	const entries = listFiles({ repo: name, revision: info.sha, recursive: true, ...options });
	for await (const entry of entries) {
		const parsed = v.safeParse(entrySchema, entry);
		if (parsed.success) {
			const { path, size, lfs } = parsed.output;
			files.push({
				name: path,
				bytes: size,
				checksum: lfs && { algorithm: "sha256", digest: lfs.oid },
			});
		}
	}
	return { sha: info.sha, license: licenseIn(info.tags), files };
}

/** Returns the license that a repository's tags name. */
export function licenseIn(tags: readonly string[]): string | undefined {
	return tags.map((tag) => licenseTag.exec(tag)?.[1]).find((tag) => tag !== undefined);
}

function findFile<F extends { readonly name: string }>(
	files: readonly F[],
	name: string,
): { readonly parts: readonly F[] } | undefined {
	const file = files.find((candidate) => candidate.name === name);
	return file && { parts: [file] };
}

function whyNone(
	models: readonly GgufFileSet<{ readonly name: string }>[],
	repository: string,
	file: string | undefined,
	quantization: string | undefined,
): DownloadError["downloadCause"] {
	if (file !== undefined) {
		return { kind: "notFound" };
	}
	const available = labelsOf(models, repository);
	return quantization !== undefined && available.length > 0
		? { kind: "noSuchQuantization", available }
		: { kind: "noModelFile" };
}
