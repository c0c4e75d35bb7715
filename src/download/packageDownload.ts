import type { PackagesLocation, PackagesToInstall } from "../protocol/download/download";
import type { FetchProgress } from "../protocol/download/fetchProgress";
import { usualOptions, type DownloadOptions } from "./downloadOptions";
import { secretsOf } from "./hub/endpoint";
import { explained, undefinedIfAborted, type Way } from "./explained";
import { requireSpace } from "./file/freeSpace";
import { HttpClient } from "./network/httpClient";
import { describePackage, installPackage, type RemotePackage } from "./packageInstall";
import { ProgressMeter } from "./file/progressMeter";

/** Finds packages in an npm registry and installs them, without npm. */
export class PackageDownload {
	readonly #options: DownloadOptions;
	readonly #http: HttpClient;

	constructor(options: DownloadOptions) {
		this.#options = options;
		this.#http = new HttpClient(options.network, options.tokens, options);
	}

	/** @throws {FailureError} `downloadFailed` */
	async locate(wanted: PackagesToInstall, signal: AbortSignal): Promise<PackagesLocation> {
		const way = this.#way(wanted);
		return explained(way, signal, async () => {
			const packages = await this.#describe(wanted, signal);
			await this.#requireSpace(wanted.directory, packages);
			return { host: way.host, totalBytes: archiveBytes(packages) };
		});
	}

	/**
	 * Returns whether the packages are installed: `false` if aborted. Received archives are kept for the next attempt.
	 *
	 * @throws {FailureError} `downloadFailed`
	 */
	async install(
		wanted: PackagesToInstall,
		onProgress: (progress: FetchProgress) => void,
		signal: AbortSignal,
	): Promise<boolean> {
		const { directory } = wanted;
		const { log, retryDelaysMs = usualOptions.retryDelaysMs } = this.#options;
		const installed = await undefinedIfAborted(signal, () =>
			explained(this.#way(wanted), signal, async () => {
				const packages = await this.#describe(wanted, signal);
				await this.#requireSpace(directory, packages);
				const meter = new ProgressMeter(archiveBytes(packages), onProgress);
				let before = 0;
				for (const remote of packages) {
					await installPackage(remote, directory, {
						http: this.#http,
						retryDelaysMs,
						log,
						onProgress: (activity, bytes) => {
							meter.update(activity, before + bytes);
						},
						signal,
					});
					before += remote.file.bytes;
				}
				return true;
			}),
		);
		return installed ?? false;
	}

	async close(): Promise<void> {
		await this.#http.close();
	}

	#describe({ packages, registry }: PackagesToInstall, signal: AbortSignal) {
		return Promise.all(
			packages.map((wanted) => describePackage(wanted, registry, this.#http, signal)),
		);
	}

	async #requireSpace(directory: string, packages: readonly RemotePackage[]): Promise<void> {
		const { reserveBytes = usualOptions.reserveBytes } = this.#options;
		const unpackedBytes = packages.reduce((total, remote) => total + remote.unpackedBytes, 0);
		await requireSpace(directory, archiveBytes(packages) + unpackedBytes, reserveBytes);
	}

	#way({ registry, directory }: PackagesToInstall): Way {
		const { network, tokens } = this.#options;
		return { host: new URL(registry).host, directory, secrets: secretsOf(network, tokens) };
	}
}

function archiveBytes(packages: readonly RemotePackage[]): number {
	return packages.reduce((total, { file }) => total + file.bytes, 0);
}
