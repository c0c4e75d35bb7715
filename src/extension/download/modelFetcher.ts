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

/** The facts that the user sees before agreeing to a download. */
export interface DownloadQuestion extends RemoteLocation {
	/** The folder in which the model will be stored. */
	readonly directory: string;
	/** How the model would run on this machine; `undefined` if that could not be estimated. */
	readonly fit: ModelFit | undefined;
}

/** Asks the user whether to download. Any result but `true` declines. */
export type ConfirmDownload = (question: DownloadQuestion) => Promise<boolean>;

/** The reason why the user is asked for a token. */
export interface TokenQuestion {
	readonly host: string;
	/** The web page where the user can accept the model's license. */
	readonly page: string;
	/** Whether the host refused the stored token. */
	readonly isRefused: boolean;
}

/** The user's access tokens, by host. */
export interface TokenStore {
	get(host: string): Promise<string | undefined>;
	/** Asks the user for a token and stores it. @returns whether the user entered a token */
	ask(question: TokenQuestion): Promise<boolean>;
}

export interface ModelFetcherOptions {
	/** The bundle that serves the download protocol. */
	readonly modulePath: string;
	/** The folder in which downloaded models are stored. */
	readonly modelsDirectory: string;
	/** Called at each download. */
	readonly network: () => NetworkSettings;
	readonly tokens: TokenStore;
	/** Called once before each download. */
	readonly confirmDownload: ConfirmDownload;
	readonly log: Log;
}

/** Finds the file of a model, and downloads it if it is not on this machine and the user agrees. */
export class ModelFetcher {
	readonly #options: ModelFetcherOptions;

	constructor(options: ModelFetcherOptions) {
		this.#options = options;
	}

	/**
	 * Returns the path of a model's file, which is downloaded if necessary.
	 *
	 * @param uri an `hf:` URI or a URL
	 * @returns `undefined` if aborted or declined
	 * @throws {FailureError} if the download fails, or if the user enters no token for a gated model
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

/** Returns the hosts from which a model may be downloaded. A Hugging Face URL is read from the mirror, if one is set. */
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
