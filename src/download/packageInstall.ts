import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { extract } from "tar";
import * as v from "valibot";
import type { PackageToInstall } from "../protocol/download/download";
import { DownloadError } from "./downloadError";
import type { HttpClient } from "./network/httpClient";
import { MetadataReader } from "./hub/metadata";
import { safeName } from "./hub/modelAddress";
import { obtainFile, type ObtainFileOptions } from "./file/obtainFile";
import type { Checksum, RemoteFile } from "./remoteModel";
import { describeWebModel } from "./webModel";

/** A package as its registry describes it. */
export interface RemotePackage {
	readonly name: string;
	/** The archive. */
	readonly file: RemoteFile;
	/** What the archive takes when it is unpacked; 0 where the registry does not tell. */
	readonly unpackedBytes: number;
}

/** What is taken of a registry's answer. */
const answerSchema = v.object({
	name: v.string(),
	version: v.string(),
	dist: v.object({
		tarball: v.pipe(v.string(), v.url()),
		integrity: v.pipe(v.string(), v.regex(/^sha512-[A-Za-z0-9+/]{86}==$/)),
		unpackedSize: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
	}),
});

/**
 * Asks a registry of npm packages for one version of one.
 *
 * @throws {DownloadError} `registryDisagrees` if the archive has not the integrity that is known, and what the answer's
 * status means.
 */
export async function describePackage(
	{ name, version, integrity }: PackageToInstall,
	registry: string,
	http: HttpClient,
	signal: AbortSignal,
): Promise<RemotePackage> {
	const reader = new MetadataReader({ address: registry, http, signal });
	const answer = v.parse(answerSchema, await reader.json(`${registry}/${name}/${version}`));
	const { dist } = answer;
	const isAsked = answer.name === name && answer.version === version;
	if (!isAsked || (integrity !== null && integrity !== dist.integrity)) {
		throw new DownloadError({ kind: "registryDisagrees", package: `${name} ${version}` });
	}
	const fileName = `${safeName(`${name}-${version}`)}.tgz`;
	const { files } = await describeWebModel(dist.tarball, fileName, http, signal, registry);
	const [file] = files;
	if (!file) {
		throw new DownloadError({ kind: "notFound" });
	}
	const checksum = toChecksum(dist.integrity);
	return { name, file: { ...file, checksum }, unpackedBytes: dist.unpackedSize };
}

/**
 * Fetches, verifies and unpacks a package into `node_modules` below `directory`. What lies there under its name is
 * replaced only by the whole.
 *
 * @throws {DownloadError}
 */
export async function installPackage(
	{ name, file }: RemotePackage,
	directory: string,
	options: ObtainFileOptions,
): Promise<void> {
	const archive = path.join(directory, file.fileName);
	await obtainFile(archive, file, options);
	const unpacked = await mkdtemp(path.join(directory, "unpacked-"));
	try {
		// npm packs everything into one folder.
		await extract({ file: archive, cwd: unpacked, strip: 1, strict: true });
		options.signal.throwIfAborted();
		const target = path.join(directory, "node_modules", ...name.split("/"));
		await mkdir(path.dirname(target), { recursive: true });
		await rm(target, { recursive: true, force: true });
		await rename(unpacked, target);
		await rm(archive, { force: true });
	} finally {
		await rm(unpacked, { recursive: true, force: true });
	}
}

/** @param integrity as npm has it: the algorithm, and the hash in base64 */
function toChecksum(integrity: string): Checksum {
	const digest = Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
	return { algorithm: "sha512", digest };
}
