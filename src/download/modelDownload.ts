import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { LocatedModel, ModelToFetch } from "../protocol/download/download";
import { FailureError } from "../protocol/failureError";
import type { FetchProgress } from "../protocol/download/fetchProgress";
import { usualOptions, type DownloadOptions } from "./downloadOptions";
import { endpointOf, secretsOf } from "./hub/endpoint";
import { explained, undefinedIfAborted, type Way } from "./explained";
import { requireSpace } from "./file/freeSpace";
import { HttpClient } from "./network/httpClient";
import { describeHubModel } from "./hub/hub";
import { findLocalModel } from "./localModel";
import { localPlace, parseModelAddress, type ModelAddress } from "./hub/modelAddress";
import { obtainFile, presentBytes } from "./file/obtainFile";
import { ProgressMeter } from "./file/progressMeter";
import type { RemoteModel } from "./remoteModel";
import { describeWebModel } from "./webModel";

/**
 * Finds models on servers and downloads them. Each file has its own lock, and is verified before it gets its final
 * name.
 */
export class ModelDownload {
	readonly #options: DownloadOptions;
	readonly #endpoint: string;
	readonly #http: HttpClient;
	/** Recent descriptions, so that the question to the user and the download that follows are about the same files. */
	readonly #described = new Map<string, RemoteModel>();

	constructor(options: DownloadOptions) {
		this.#options = options;
		this.#endpoint = endpointOf(options.network);
		this.#http = new HttpClient(options.network, options.tokens, options);
	}

	/** @throws {FailureError} `modelSettingInvalid`, `downloadFailed` */
	async locate({ uri, directory }: ModelToFetch, signal: AbortSignal): Promise<LocatedModel> {
		const address = parse(uri);
		const local = await findLocalModel(address, directory);
		if (local !== undefined) {
			return { kind: "local", path: local };
		}
		return explained(this.#way(address, directory), signal, async () => {
			const { reserveBytes = usualOptions.reserveBytes } = this.#options;
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
				freeBytes: await requireSpace(directory, totalBytes - present, reserveBytes),
				host: hostOf(address, this.#endpoint),
				license: license ?? null,
			};
		});
	}

	/**
	 * Writes the first `bytes` of a model to `target`.
	 *
	 * @throws {FailureError} `modelSettingInvalid`, `downloadFailed`
	 */
	async fetchHeader(
		{ uri, directory }: ModelToFetch,
		bytes: number,
		target: string,
		signal: AbortSignal,
	): Promise<void> {
		const address = parse(uri);
		await explained(this.#way(address, directory), signal, async () => {
			const [file] = (await this.#describe(uri, address, signal)).files;
			const last = Math.min(bytes, file?.bytes ?? 0) - 1;
			const headers = { range: `bytes=0-${last}`, "accept-encoding": "identity" };
			const { url = "", namedBy } = file ?? {};
			const response = await this.#http.get(url, { headers, namedBy, signal });
			const handle = await open(target, "w");
			try {
				let missing = last + 1;
				for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
					await handle.writeFile(chunk.subarray(0, missing));
					missing -= chunk.length;
					// A server without support for ranges sends the whole file.
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
	 * Downloads a model. If aborted, keeps what was received for the next attempt.
	 *
	 * @returns the path of the model's file, or of the first file if it is split; `undefined` if aborted
	 * @throws {FailureError} `modelSettingInvalid`, `downloadFailed`
	 */
	async fetch(
		{ uri, directory }: ModelToFetch,
		onProgress: (progress: FetchProgress) => void,
		signal: AbortSignal,
	): Promise<string | undefined> {
		const address = parse(uri);
		const {
			log,
			retryDelaysMs = usualOptions.retryDelaysMs,
			reserveBytes = usualOptions.reserveBytes,
		} = this.#options;
		return undefinedIfAborted(signal, () =>
			explained(this.#way(address, directory), signal, async () => {
				const { files } = await this.#describe(uri, address, signal);
				const folder = path.join(directory, localPlace(address).folder);
				await mkdir(folder, { recursive: true });
				const present = await Promise.all(
					files.map((file) => presentBytes(path.join(folder, file.fileName), file)),
				);
				const totalBytes = sum(files.map(({ bytes }) => bytes));
				await requireSpace(folder, totalBytes - sum(present), reserveBytes);
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
			}),
		);
	}

	async close(): Promise<void> {
		await this.#http.close();
	}

	async #describe(uri: string, address: ModelAddress, signal: AbortSignal): Promise<RemoteModel> {
		const known = this.#described.get(uri);
		if (known) {
			return known;
		}
		const model =
			address.kind === "hub"
				? await describeHubModel(address, this.#endpoint, this.#http, signal)
				: await describeWebModel(
						address.url,
						localPlace(address).fileName ?? "",
						this.#http,
						signal,
					);
		this.#described.set(uri, model);
		return model;
	}

	#way(address: ModelAddress, directory: string): Way {
		const { network, tokens } = this.#options;
		const secrets = secretsOf(network, tokens);
		return { host: hostOf(address, this.#endpoint), directory, secrets };
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
