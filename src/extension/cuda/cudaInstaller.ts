import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import {
	FetchModelProgress,
	InstallPackages,
	LocatePackages,
	type NetworkSettings,
	type PackagesLocation,
	type PackagesToInstall,
	type PackageToInstall,
} from "../../protocol/download/download";
import type { FetchProgress } from "../../protocol/download/fetchProgress";
import { withDownloadProcess, type DownloadProcess } from "../download/downloadProcess";
import type { Log } from "../base/log";

export interface CudaInstallerOptions {
	/** The bundle that serves the download protocol. */
	readonly modulePath: string;
	/** The URL of the npm registry, without a trailing slash. */
	readonly registry: string;
	/** The folder of the packages added to the engine. It has one subfolder for each version of the engine. */
	readonly folder: string;
	/** The version of node-llama-cpp. */
	readonly version: string;
	/** The packages with CUDA binaries for this system; empty if the system is not supported. */
	readonly packages: readonly Omit<PackageToInstall, "version">[];
	/** Called at each download. */
	readonly network: () => NetworkSettings;
	readonly log: Log;
}

/** Installs the engine's CUDA binaries, which are too large for the extension's package. */
export class CudaInstaller {
	readonly #options: CudaInstallerOptions;

	constructor(options: CudaInstallerOptions) {
		this.#options = options;
	}

	/** Whether CUDA binaries exist for this system. */
	get isAvailable(): boolean {
		return this.#options.packages.length > 0;
	}

	get isInstalled(): boolean {
		const { packages } = this.#options;
		return (
			this.isAvailable &&
			packages.every(({ name }) => existsSync(path.join(this.engineFolder, "node_modules", name)))
		);
	}

	/** The folder in which the engine looks for added packages. */
	get engineFolder(): string {
		return path.join(this.#options.folder, this.#options.version);
	}

	/**
	 * Finds out the size and the host of the download.
	 *
	 * @returns `undefined` if aborted
	 * @throws {FailureError} `downloadFailed`
	 */
	async locate(signal: AbortSignal): Promise<PackagesLocation | undefined> {
		return this.#withProcess(signal, (child) =>
			child.request(LocatePackages, this.#wanted(), signal),
		);
	}

	/**
	 * Downloads, verifies, and unpacks the packages, then removes those of other versions.
	 *
	 * @returns `false` if aborted
	 * @throws {FailureError} `downloadFailed`
	 */
	async install(
		onProgress: (progress: FetchProgress) => void,
		signal: AbortSignal,
	): Promise<boolean> {
		const isInstalled = await this.#withProcess(signal, async (child) => {
			const progressToken = randomUUID();
			const progress = child.onDidProgress(FetchModelProgress, progressToken, onProgress);
			try {
				return await child.request(InstallPackages, { ...this.#wanted(), progressToken }, signal);
			} finally {
				progress.dispose();
			}
		});
		if (isInstalled === true) {
			await this.#removeOtherVersions();
		}
		return isInstalled ?? false;
	}

	#withProcess<R>(
		signal: AbortSignal,
		work: (child: DownloadProcess) => Promise<R>,
	): Promise<R | undefined> {
		const { registry, network } = this.#options;
		return withDownloadProcess(this.#options, new URL(registry).host, signal, async (child) => {
			await child.connect(network(), [], signal);
			return work(child);
		});
	}

	#wanted(): PackagesToInstall {
		const { registry, version, packages } = this.#options;
		return {
			registry,
			packages: packages.map((wanted) => ({ ...wanted, version })),
			directory: this.engineFolder,
		};
	}

	async #removeOtherVersions(): Promise<void> {
		const { folder, version } = this.#options;
		const others = (await readdir(folder)).filter((name) => name !== version);
		await Promise.all(
			others.map((name) => rm(path.join(folder, name), { recursive: true, force: true })),
		);
	}
}
