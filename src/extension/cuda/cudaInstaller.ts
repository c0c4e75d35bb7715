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
	/** Of npm's packages, without a slash at the end. */
	readonly registry: string;
	/** Where what is added to the engine is kept, a folder for each version of it. */
	readonly folder: string;
	/** Of node-llama-cpp. */
	readonly version: string;
	/** That hold CUDA's binaries for this system; none where there are none. */
	readonly packages: readonly Omit<PackageToInstall, "version">[];
	/** Read at each download. */
	readonly network: () => NetworkSettings;
	readonly log: Log;
}

/** Adds CUDA's binaries, which are too large for the extension's package, to the engine. */
export class CudaInstaller {
	readonly #options: CudaInstallerOptions;

	constructor(options: CudaInstallerOptions) {
		this.#options = options;
	}

	/** There are binaries for this system. */
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

	/** Where the engine looks for what was added to it. */
	get engineFolder(): string {
		return path.join(this.#options.folder, this.#options.version);
	}

	/** Tells what installing would take. @returns `undefined` if aborted. @throws {FailureError} `downloadFailed` */
	async locate(signal: AbortSignal): Promise<PackagesLocation | undefined> {
		return this.#withProcess(signal, (child) =>
			child.request(LocatePackages, this.#wanted(), signal),
		);
	}

	/**
	 * Fetches, verifies and unpacks the packages, and removes those of other versions.
	 *
	 * @returns whether they are installed: not if aborted.
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
