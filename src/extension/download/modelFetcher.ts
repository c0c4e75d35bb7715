import { randomUUID } from "node:crypto";
import {
	FetchModel,
	FetchModelProgress,
	LocateModel,
	type HostToken,
	type NetworkSettings,
	type RemoteLocation,
} from "../../protocol/download/download";
import type { DownloadCause } from "../../protocol/download/downloadFailure";
import { FailureError } from "../../protocol/failureError";
import type { ModelFit } from "../../protocol/inference/modelFit";
import type { ObtainHooks } from "../inference/obtainModel";
import type { Log } from "../base/log";
import { unlessAborted } from "../base/unlessAborted";
import { withDownloadProcess, type DownloadProcess } from "./downloadProcess";
import { estimateRemoteFit } from "./remoteFit";

/** What a person is told before a download. */
export interface DownloadQuestion extends RemoteLocation {
	/** Where it will be kept. */
	readonly directory: string;
	/** How it would run here; `undefined` where that could not be found out. */
	readonly fit: ModelFit | undefined;
}

/** Asks whether to download; anything but `true` declines. */
export type ConfirmDownload = (question: DownloadQuestion) => Promise<boolean>;

/** Why a token is asked for. */
export interface TokenQuestion {
	readonly host: string;
	/** Where the model's licence can be agreed to. */
	readonly page: string;
	/** The token that there is was refused. */
	readonly isRefused: boolean;
}

/** Access tokens of the person's, by host. */
export interface TokenStore {
	get(host: string): Promise<string | undefined>;
	/** Asks for a token and keeps it. @returns whether there is a new one. */
	ask(question: TokenQuestion): Promise<boolean>;
}

export interface ModelFetcherOptions {
	/** The bundle that serves the download protocol. */
	readonly modulePath: string;
	/** Where downloaded models are kept. */
	readonly modelsDirectory: string;
	/** Read at each download. */
	readonly network: () => NetworkSettings;
	readonly tokens: TokenStore;
	/** Asked once before each download. */
	readonly confirmDownload: ConfirmDownload;
	readonly log: Log;
}

/** Finds the file that an address names, and downloads it after one question if it is not on this machine. */
export class ModelFetcher {
	readonly #options: ModelFetcherOptions;

	constructor(options: ModelFetcherOptions) {
		this.#options = options;
	}

	/**
	 * @param uri an `hf:` URI or a URL
	 * @returns the file's path, or `undefined` if aborted or declined.
	 * @throws {FailureError}
	 */
	async obtain(uri: string, hooks: ObtainHooks, signal: AbortSignal): Promise<string | undefined> {
		const { network, tokens } = this.#options;
		const settings = network();
		const hosts = hostsOf(uri, settings.endpoint);
		const attempt = { hasAgreed: false };
		return withDownloadProcess(this.#options, hosts[0] ?? "", signal, async (child) => {
			for (;;) {
				await child.connect(settings, await tokensOf(tokens, hosts), signal);
				try {
					return await this.#attempt(child, uri, hooks, attempt, signal);
				} catch (error) {
					const question = tokenQuestion(error);
					if (!question || !(await unlessAborted(tokens.ask(question), signal))) {
						throw error;
					}
				}
			}
		});
	}

	async #attempt(
		child: DownloadProcess,
		uri: string,
		{ ready, estimateFit, onProgress }: ObtainHooks,
		attempt: { hasAgreed: boolean },
		signal: AbortSignal,
	): Promise<string | undefined> {
		const model = { uri, directory: this.#options.modelsDirectory };
		const located = await child.request(LocateModel, model, signal);
		if (located.kind === "local") {
			return located.path;
		}
		if (!attempt.hasAgreed) {
			await ready;
			const parts = { child, estimate: estimateFit, log: this.#options.log };
			const fit = await estimateRemoteFit(parts, model, located, signal);
			const question = { ...located, directory: model.directory, fit };
			const answer = this.#options.confirmDownload(question);
			attempt.hasAgreed = (await unlessAborted(answer, signal)) === true;
			if (!attempt.hasAgreed) {
				return undefined;
			}
		}
		const { receivedBytes, totalBytes } = located;
		onProgress({ receivedBytes, totalBytes, bytesPerSecond: 0, activity: "receiving" });
		const progressToken = randomUUID();
		const progress = child.onDidProgress(FetchModelProgress, progressToken, onProgress);
		try {
			const file = await child.request(FetchModel, { ...model, progressToken }, signal);
			return file?.path;
		} finally {
			progress.dispose();
		}
	}
}

/** @returns the hosts that may be asked for a model; a file's page on Hugging Face leads to the mirror, if there is one. */
function hostsOf(uri: string, endpoint: string): readonly string[] {
	const addresses = uri.startsWith("hf:") ? [endpoint] : [uri, endpoint];
	return addresses.filter((address) => URL.canParse(address)).map((url) => new URL(url).host);
}

async function tokensOf(store: TokenStore, hosts: readonly string[]): Promise<HostToken[]> {
	const found: HostToken[] = [];
	for (const host of hosts) {
		const token = await store.get(host);
		if (token !== undefined) {
			found.push({ host, token });
		}
	}
	return found;
}

function tokenQuestion(error: unknown): TokenQuestion | undefined {
	if (!(error instanceof FailureError) || error.failure.kind !== "downloadFailed") {
		return undefined;
	}
	const { host, cause }: { host: string; cause: DownloadCause } = error.failure;
	return cause.kind === "tokenNeeded" || cause.kind === "tokenRefused"
		? { host, page: cause.page, isRefused: cause.kind === "tokenRefused" }
		: undefined;
}
