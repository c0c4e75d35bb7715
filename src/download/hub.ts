import { listFiles, modelInfo } from "@huggingface/hub";
import * as v from "valibot";
import { DownloadError } from "./downloadError";
import { chooseModel } from "./chooseModel";
import { findGgufModels, type GgufModel } from "./ggufModels";
import type { HttpClient } from "./httpClient";
import { baseName, safeName, type ModelAddress } from "./modelAddress";
import { labelsOf } from "./quantizationLabels";
import type { Checksum, RemoteFile, RemoteModel } from "./remoteModel";

type HubAddress = Extract<ModelAddress, { readonly kind: "hub" }>;

/** What is taken of the host's answers, which may be anything. */
const infoSchema = v.object({
	sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
	tags: v.fallback(v.array(v.string()), []),
});
const entrySchema = v.object({
	type: v.literal("file"),
	path: v.string(),
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
	const options = { hubUrl: endpoint, fetch: fetchThrough(http, signal) };
	const info = v.parse(
		infoSchema,
		await modelInfo({ name, revision, additionalFields: ["sha", "tags"], ...options }),
	);
	const found: { name: string; bytes: number; checksum: Checksum | undefined }[] = [];
	const entries = listFiles({ repo: name, revision: info.sha, recursive: true, ...options });
	for await (const entry of entries) {
		const parsed = v.safeParse(entrySchema, entry);
		if (parsed.success) {
			const { path, size, lfs } = parsed.output;
			found.push({
				name: path,
				bytes: size,
				checksum: lfs && { algorithm: "sha256", digest: lfs.oid },
			});
		}
	}
	const models = findGgufModels(found);
	const chosen =
		file === undefined
			? chooseModel(models, { quantization, repository })
			: // The name of one part stands for all.
				(models.find(({ parts }) => parts.some((part) => part.name === file)) ??
				findFile(found, file));
	if (!chosen) {
		throw new DownloadError(whyNone(models, repository, file, quantization));
	}
	return {
		files: chosen.parts.map((part): RemoteFile => ({
			fileName: safeName(baseName(part.name)),
			// The commit's, not the branch's: a download that is resumed tomorrow must be of the same file.
			url: `${endpoint}/${name}/resolve/${info.sha}/${part.name.split("/").map(encodeURIComponent).join("/")}`,
			bytes: part.bytes,
			checksum: part.checksum,
			etag: undefined,
		})),
		license: info.tags.map((tag) => licenseTag.exec(tag)?.[1]).find((tag) => tag !== undefined),
	};
}

function findFile<F extends { readonly name: string }>(
	files: readonly F[],
	name: string,
): { readonly parts: readonly F[] } | undefined {
	const file = files.find((candidate) => candidate.name === name);
	return file && { parts: [file] };
}

function whyNone(
	models: readonly GgufModel<{ readonly name: string }>[],
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

/** @returns what the library asks with in place of the global `fetch`. Our client's errors pass through it. */
function fetchThrough(http: HttpClient, signal: AbortSignal): typeof fetch {
	return async (input) => {
		const url = input instanceof Request ? input.url : String(input);
		const response = await http.get(url, { headers: { accept: "application/json" }, signal });
		// Node's own class, which the library expects.
		return new Response(await response.text(), {
			status: response.status,
			headers: [...response.headers],
		});
	};
}
