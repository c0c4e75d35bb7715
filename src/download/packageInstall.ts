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
	/** Size of the unpacked archive in bytes; 0 if the registry does not state it. */
	readonly unpackedBytes: number;
}

/** The fields of a registry's response that are used. */
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
 * Asks an npm registry for one version of a package.
 *
 * @throws {DownloadError} `registryDisagrees` if the archive's integrity is not the expected one, or a failure for the
 * response's status
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
 * Fetches, verifies, and unpacks a package into `node_modules` in `directory`. An installed package of that name is
 * replaced only by a complete one.
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
		// npm puts the content of every package into one folder.
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

/** @param integrity in npm's format: the algorithm, and the hash in base64 */
function toChecksum(integrity: string): Checksum {
	const digest = Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
	return { algorithm: "sha512", digest };
}
