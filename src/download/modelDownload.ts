import { mkdir, open, statfs } from "node:fs/promises";
import path from "node:path";
import type { ChildLog } from "../child/hostConnection";
import type { HostToken, LocatedModel, ModelToFetch, NetworkSettings } from "../protocol/download";
import { FailureError } from "../protocol/failureError";
import type { FetchProgress } from "../protocol/fetchProgress";
import { DownloadError, toDownloadError } from "./downloadError";
import { HttpClient } from "./httpClient";
import { describeHubModel } from "./hub";
import { findLocalModel } from "./localModel";
import { localPlace, parseModelAddress, type ModelAddress } from "./modelAddress";
import { obtainFile, presentBytes } from "./obtainFile";
import { ProgressMeter } from "./progressMeter";
import type { RemoteModel } from "./remoteModel";
import { describeWebModel } from "./webModel";

export interface ModelDownloadOptions {
	readonly network: NetworkSettings;
	readonly tokens: readonly HostToken[];
	readonly log: ChildLog;
	/** Waits between attempts that bring nothing, in milliseconds. */
	readonly retryDelaysMs?: readonly number[];
	/** What is to stay free on the disk for the rest of the machine; 1 GiB unless given. */
	readonly reserveBytes?: number;
	/** Silence that counts as a broken connection, in milliseconds; half a minute unless given. */
	readonly stallMs?: number;
}

/** In all a minute: longer than a router takes to start again. */
const usualDelaysMs = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];
const usualReserveBytes = 1024 ** 3;

/** Finds models on hosts and fetches them, each file under its own lock, verified before it gets its name. */
export class ModelDownload {
	readonly #options: ModelDownloadOptions;
	readonly #http: HttpClient;
	/** What hosts said a moment ago: the question and the download that follows it are about the same files. */
	readonly #described = new Map<string, RemoteModel>();

	constructor(options: ModelDownloadOptions) {
		this.#options = options;
		this.#http = new HttpClient(options.network, options.tokens, options.stallMs);
	}

	/** @throws {FailureError} `modelSettingInvalid`, `downloadFailed` */
	async locate({ uri, directory }: ModelToFetch, signal: AbortSignal): Promise<LocatedModel> {
		const address = parse(uri);
		const local = await findLocalModel(address, directory);
		if (local !== undefined) {
			return { kind: "local", path: local };
		}
		return this.#explained(address, directory, signal, async () => {
			const { files, license } = await this.#describe(uri, address, signal);
			const folder = path.join(directory, localPlace(address).folder);
			const received = await Promise.all(
				files.map((file) => presentBytes(path.join(folder, file.fileName), file)),
			);
			const totalBytes = sum(files.map(({ bytes }) => bytes));
			const present = sum(received);
			return {
				kind: "remote",
				fileName: files[0]?.fileName ?? "",
				totalBytes,
				receivedBytes: present,
				freeBytes: await this.#requireSpace(directory, totalBytes - present),
				host: hostOf(address, this.#options.network.endpoint),
				license: license ?? null,
			};
		});
	}

	/** Writes the first `bytes` of a model to `target`. @throws {FailureError} `modelSettingInvalid`, `downloadFailed` */
	async fetchHeader(
		{ uri, directory }: ModelToFetch,
		bytes: number,
		target: string,
		signal: AbortSignal,
	): Promise<void> {
		const address = parse(uri);
		await this.#explained(address, directory, signal, async () => {
			const [file] = (await this.#describe(uri, address, signal)).files;
			const last = Math.min(bytes, file?.bytes ?? 0) - 1;
			const headers = { range: `bytes=0-${last}`, "accept-encoding": "identity" };
			const response = await this.#http.get(file?.url ?? "", { headers, signal });
			const handle = await open(target, "w");
			try {
				let missing = last + 1;
				for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
					await handle.writeFile(chunk.subarray(0, missing));
					missing -= chunk.length;
					// A host that knows no ranges sends all.
					if (missing <= 0) {
						break;
					}
				}
			} finally {
				await handle.close();
			}
		});
	}

	/**
	 * @returns the path of the model's file, of the first one if it is split; `undefined` if aborted: what was received
	 * stays for the next attempt.
	 * @throws {FailureError} `modelSettingInvalid`, `downloadFailed`
	 */
	async fetch(
		{ uri, directory }: ModelToFetch,
		onProgress: (progress: FetchProgress) => void,
		signal: AbortSignal,
	): Promise<string | undefined> {
		const address = parse(uri);
		const { log, retryDelaysMs = usualDelaysMs } = this.#options;
		try {
			return await this.#explained(address, directory, signal, async () => {
				const { files } = await this.#describe(uri, address, signal);
				const folder = path.join(directory, localPlace(address).folder);
				await mkdir(folder, { recursive: true });
				const present = await Promise.all(
					files.map((file) => presentBytes(path.join(folder, file.fileName), file)),
				);
				const totalBytes = sum(files.map(({ bytes }) => bytes));
				await this.#requireSpace(folder, totalBytes - sum(present));
				const meter = new ProgressMeter(totalBytes, onProgress);
				let before = 0;
				for (const file of files) {
					await obtainFile(path.join(folder, file.fileName), file, {
						http: this.#http,
						retryDelaysMs,
						log,
						onProgress: (activity, bytes) => {
							meter.update(activity, before + bytes);
						},
						signal,
					});
					before += file.bytes;
				}
				return path.join(folder, files[0]?.fileName ?? "");
			});
		} catch (error) {
			if (signal.aborted) {
				return undefined;
			}
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.#http.close();
	}

	async #describe(uri: string, address: ModelAddress, signal: AbortSignal): Promise<RemoteModel> {
		const known = this.#described.get(uri);
		if (known) {
			return known;
		}
		const { endpoint } = this.#options.network;
		const model =
			address.kind === "hub"
				? await describeHubModel(address, endpoint, this.#http, signal)
				: await describeWebModel(
						address.url,
						localPlace(address).fileName ?? "",
						this.#http,
						signal,
					);
		this.#described.set(uri, model);
		return model;
	}

	/** @returns the bytes that are free. @throws {DownloadError} `diskFull` */
	async #requireSpace(directory: string, missingBytes: number): Promise<number> {
		const { reserveBytes = usualReserveBytes } = this.#options;
		await mkdir(directory, { recursive: true });
		const { bavail, bsize } = await statfs(directory);
		const freeBytes = bavail * bsize;
		const requiredBytes = missingBytes + reserveBytes;
		if (requiredBytes > freeBytes) {
			throw new DownloadError({ kind: "diskFull", requiredBytes, freeBytes, directory });
		}
		return freeBytes;
	}

	/** Does `work` and turns what it throws into a failure that names the host. */
	async #explained<R>(
		address: ModelAddress,
		directory: string,
		signal: AbortSignal,
		work: () => Promise<R>,
	): Promise<R> {
		try {
			return await work();
		} catch (error) {
			signal.throwIfAborted();
			const { downloadCause: cause, message: detail } = toDownloadError(error, directory);
			const host = hostOf(address, this.#options.network.endpoint);
			throw new FailureError({ kind: "downloadFailed", host, cause, detail });
		}
	}
}

function parse(uri: string): ModelAddress {
	const address = parseModelAddress(uri);
	if (!address) {
		throw new FailureError({ kind: "modelSettingInvalid", value: uri });
	}
	return address;
}

function hostOf(address: ModelAddress, endpoint: string): string {
	return new URL(address.kind === "hub" ? endpoint : address.url).host;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
