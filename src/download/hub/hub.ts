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

/** What is taken of the host's answers, which may be anything. */
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
/** A license's name as the hub's tags have it: one short word. */
const licenseTag = /^license:([\w.+-]{1,40})$/;

/**
 * Looks a model up on Hugging Face, or a mirror of it, through its own library.
 *
 * @throws {DownloadError} `notFound`, `noModelFile`, `noSuchQuantization`, and what the answer's status means.
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
			: // The name of one part stands for all.
				(models.find(({ parts }) => parts.some((part) => part.name === file)) ??
				findFile(files, file));
	if (!chosen) {
		throw new DownloadError(whyNone(models, repository, file, quantization));
	}
	return {
		files: chosen.parts.map((part): RemoteFile => ({
			fileName: safeName(baseName(part.name)),
			// The commit's, not the branch's: a download that is resumed tomorrow must be of the same file.
			url: `${endpoint}/${name}/resolve/${sha}/${part.name.split("/").map(encodeURIComponent).join("/")}`,
			bytes: part.bytes,
			checksum: part.checksum,
			etag: undefined,
		})),
		license,
	};
}

/** A file that a repository lists. */
export interface ListedFile {
	/** With its path, parted by "/". */
	readonly name: string;
	readonly bytes: number;
	readonly checksum: Checksum | undefined;
}

/** What a hub says of a repository at one commit. */
export interface ListedRepository {
	readonly sha: string;
	readonly license: string | undefined;
	readonly files: readonly ListedFile[];
}

/** @throws {DownloadError} `notFound`, and what the answer's status means. */
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

/** @returns what a repository's tags say of its license. */
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
