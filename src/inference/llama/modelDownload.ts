import { mkdir, readdir, stat, statfs } from "node:fs/promises";
import type * as NodeLlamaCpp from "node-llama-cpp";
import type {
	DownloadProgressParams,
	ResolvedModel,
	ResolveModelParams,
} from "../../protocol/inference";
import { parseModelSource } from "../../protocol/modelSource";
import { causeOfError, causeOfStatus, wordsOfError, type DownloadCause } from "../downloadCause";
import { EngineError } from "../engine";
import {
	fetchedVariants,
	huggingFaceEndpoint,
	parseModelAddress,
	type ModelAddress,
} from "../modelAddress";

/** Longest wait for a server's first word, in milliseconds. The downloader itself would try for minutes. */
const probeMs = 20_000;

/** Finds and fetches models with node-llama-cpp's downloader. */
export class ModelDownload {
	readonly #library: typeof NodeLlamaCpp;
	readonly #endpoint = huggingFaceEndpoint(process.env);

	constructor(library: typeof NodeLlamaCpp) {
		this.#library = library;
	}

	/**
	 * Looks on this machine first: a model that was downloaded needs no network.
	 *
	 * @throws {EngineError} `modelSettingInvalid`, `downloadFailed`
	 */
	async resolve(params: ResolveModelParams, signal: AbortSignal): Promise<ResolvedModel> {
		const address = this.#parse(params.uri);
		const path = await this.#findLocal(address, params.directory);
		if (path !== undefined) {
			return { kind: "local", path };
		}
		try {
			await probe(address, signal);
			const downloader = await this.#open(address, params.directory);
			const { entrypointFilename, totalSize } = downloader;
			await downloader.cancel({ deleteTempFile: false });
			return {
				kind: "remote",
				fileName: entrypointFilename,
				totalBytes: totalSize,
				host: address.host,
			};
		} catch (error) {
			throw failed(address, error);
		}
	}

	/**
	 * @returns the file's path, or `undefined` if aborted; then the part stays and the next attempt goes on from it.
	 * @throws {EngineError} `modelSettingInvalid`, `downloadFailed`
	 */
	async fetch(
		params: ResolveModelParams,
		onProgress: (progress: DownloadProgressParams) => void,
		signal: AbortSignal,
	): Promise<string | undefined> {
		const address = this.#parse(params.uri);
		try {
			await probe(address, signal);
			const downloader = await this.#open(address, params.directory, onProgress);
			await requireSpace(params.directory, downloader.totalSize - downloader.downloadedSize);
			const path = await downloader.download({ signal });
			// An aborted download resolves as if it were complete (node-llama-cpp 3.22).
			return (await isWhole(downloader)) ? path : raiseIncomplete(signal);
		} catch (error) {
			if (signal.aborted) {
				return undefined;
			}
			throw failed(address, error);
		}
	}

	#parse(uri: string): ModelAddress {
		const address = parseModelAddress(uri, this.#endpoint);
		if (!address) {
			throw new EngineError({ kind: "modelSettingInvalid", value: uri });
		}
		return address;
	}

	async #findLocal(
		{ uri, fileName }: ModelAddress,
		directory: string,
	): Promise<string | undefined> {
		const fileNames = await readdir(directory).catch(() => []);
		for (const candidate of [uri, ...fetchedVariants(uri, fileNames)]) {
			try {
				return await this.#library.resolveModelFile(candidate, {
					directory,
					download: false,
					cli: false,
					endpoints: { huggingFace: this.#endpoint },
					...(fileName === undefined ? {} : { fileName }),
				});
			} catch {
				// Its way to say that there is none; parts have names of their own.
			}
		}
		return undefined;
	}

	async #open(
		address: ModelAddress,
		directory: string,
		onProgress?: (progress: DownloadProgressParams) => void,
	): Promise<NodeLlamaCpp.ModelDownloader> {
		await mkdir(directory, { recursive: true });
		const downloader = await this.#library.createModelDownloader({
			modelUri: address.uri,
			dirPath: directory,
			deleteTempFileOnCancel: false,
			endpoints: { huggingFace: this.#endpoint },
			onProgress: ({ totalSize, downloadedSize }) => {
				onProgress?.({ receivedBytes: downloadedSize, totalBytes: totalSize });
			},
			...(address.fileName === undefined ? {} : { fileName: address.fileName }),
		});
		// The downloader would cut the end off (node-llama-cpp 3.22).
		if (downloader.totalSize === 0) {
			await downloader.cancel({ deleteTempFile: true });
			throw new DownloadRefused("sizeUnknown", "The answer has no Content-Length.");
		}
		return downloader;
	}
}

/** Carries the cause of a refusal that is known without an error of someone else's. */
class DownloadRefused extends Error {
	readonly downloadCause: DownloadCause;

	constructor(downloadCause: DownloadCause, message: string) {
		super(message);
		this.downloadCause = downloadCause;
	}
}

/** Asks for the first byte: the downloader takes a missing file for an empty one, and retries everything else. */
async function probe({ probeUrl }: ModelAddress, signal: AbortSignal): Promise<void> {
	const response = await fetch(probeUrl, {
		headers: { Range: "bytes=0-0", "User-Agent": "llama-cpp" },
		signal: AbortSignal.any([signal, AbortSignal.timeout(probeMs)]),
	});
	await response.body?.cancel();
	// A mirror of the user's own may itself be without encryption.
	if (isAcceptable(probeUrl) && !isAcceptable(response.url)) {
		const { origin } = new URL(response.url);
		throw new DownloadRefused("other", `The server sends on to ${origin}, without encryption.`);
	}
	const cause = causeOfStatus(response.status);
	if (cause !== undefined) {
		throw new DownloadRefused(cause, `${response.status} ${response.statusText}`);
	}
}

/** @returns whether the setting could name this address. */
function isAcceptable(url: string): boolean {
	return parseModelSource(url) !== undefined;
}

async function requireSpace(directory: string, neededBytes: number): Promise<void> {
	const { bavail, bsize } = await statfs(directory);
	const freeBytes = bavail * bsize;
	if (neededBytes > freeBytes) {
		throw new DownloadRefused("diskFull", `${neededBytes} bytes needed, ${freeBytes} free`);
	}
}

async function isWhole({ filesInfo }: NodeLlamaCpp.ModelDownloader): Promise<boolean> {
	const sizes = await Promise.all(
		filesInfo.map(async ({ filePath, totalSize }) => {
			const size = (await stat(filePath).catch(() => undefined))?.size;
			return size === totalSize;
		}),
	);
	return sizes.every(Boolean);
}

function raiseIncomplete(signal: AbortSignal): never {
	signal.throwIfAborted();
	throw new DownloadRefused("other", "The file that was received is not complete.");
}

function failed({ host }: ModelAddress, error: unknown): EngineError {
	const cause = error instanceof DownloadRefused ? error.downloadCause : causeOfError(error);
	return new EngineError({ kind: "downloadFailed", host, cause, detail: wordsOfError(error) });
}
