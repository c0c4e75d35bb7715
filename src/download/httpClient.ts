import { EnvHttpProxyAgent, fetch, type RequestInit, type Response } from "undici";
import type { HostToken, NetworkSettings } from "../protocol/download";
import type { DownloadCause } from "../protocol/downloadFailure";
import { parseModelSource } from "../protocol/modelSource";
import { DownloadError } from "./downloadError";
import { usualOptions } from "./downloadOptions";
import { trustedCertificates } from "./trustedCertificates";

/** Longest wait for a connection, and for an answer to begin, in milliseconds. */
const patience = { connectMs: 15_000, answerMs: 30_000 };
/** As browsers allow, roughly. */
const mostRedirects = 10;
/** Longest wait that a host may ask for, in milliseconds. */
const longestRetryAfterMs = 60_000;

export interface RequestOptions {
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
}

/**
 * Asks hosts, through the proxy that the settings name. A token goes to its own host and nowhere else, whatever a host
 * redirects to.
 */
export class HttpClient {
	readonly #tokens: ReadonlyMap<string, string>;
	readonly #dispatcher: EnvHttpProxyAgent;

	/** @param stallMs after which silence counts as a broken connection, in milliseconds */
	constructor(
		network: NetworkSettings,
		tokens: readonly HostToken[],
		stallMs: number = usualOptions.stallMs,
	) {
		this.#tokens = new Map(tokens.map(({ host, token }) => [host, token]));
		const tls = { rejectUnauthorized: network.strictTls, ca: trustedCertificates() };
		this.#dispatcher = new EnvHttpProxyAgent({
			// Empty, not absent: it would read the environment.
			httpProxy: network.proxy,
			httpsProxy: network.proxy,
			noProxy: network.noProxy,
			...(network.proxyAuthorization === "" ? {} : { token: network.proxyAuthorization }),
			connect: { ...tls, timeout: patience.connectMs },
			requestTls: tls,
			proxyTls: tls,
			headersTimeout: patience.answerMs,
			bodyTimeout: stallMs,
		});
	}

	/**
	 * Follows redirects to addresses that are encrypted or of this machine.
	 *
	 * @returns an answer of success, or one with status 416.
	 * @throws {DownloadError} for any other answer; what `fetch` throws where there is none.
	 */
	async get(url: string, { headers, signal }: RequestOptions): Promise<Response> {
		let address = url;
		for (let redirects = 0; redirects <= mostRedirects; redirects++) {
			const { host } = new URL(address);
			const token = this.#tokens.get(host);
			const response = await this.#fetch(address, {
				headers: {
					"user-agent": "local-llm-chatbot",
					...headers,
					...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
				},
				signal,
			});
			const next = response.headers.get("location");
			if (!next || response.status < 300 || response.status >= 400) {
				return accepted(response, url, token !== undefined, host === new URL(url).host);
			}
			await response.body?.cancel();
			address = new URL(next, address).href;
			// A mirror of the user's own may itself be without encryption.
			if (!isAcceptable(address) && isAcceptable(url)) {
				throw new DownloadError({ kind: "redirectRefused" }, new URL(address).origin);
			}
		}
		throw new DownloadError({ kind: "redirectRefused" }, `${mostRedirects} redirects`);
	}

	async close(): Promise<void> {
		await this.#dispatcher.destroy();
	}

	#fetch(url: string, init: RequestInit): Promise<Response> {
		return fetch(url, { ...init, redirect: "manual", dispatcher: this.#dispatcher });
	}
}

/** @returns whether the setting could name this address. */
function isAcceptable(url: string): boolean {
	return parseModelSource(url) !== undefined;
}

async function accepted(
	response: Response,
	url: string,
	hadToken: boolean,
	isFirstHost: boolean,
): Promise<Response> {
	if (response.ok || response.status === 416) {
		return response;
	}
	await response.body?.cancel();
	const code = response.headers.get("x-error-code") ?? "";
	const said = response.headers.get("x-error-message") ?? response.statusText;
	const cause = isFirstHost
		? causeOfStatus(response.status, code, url, hadToken)
		: // An address that was signed for a while; the first host gives a new one.
			({ kind: "serverError", status: response.status } as const);
	throw new DownloadError(cause, `${response.status} ${said}`.trim(), retryAfterMs(response));
}

/** @param code Hugging Face's own word, such as "RepoNotFound": it answers 401 for what is not there, too. */
function causeOfStatus(
	status: number,
	code: string,
	url: string,
	hadToken: boolean,
): DownloadCause {
	if (code.endsWith("NotFound") || status === 404 || status === 410 || status === 400) {
		return { kind: "notFound" };
	}
	if (status === 401 || status === 403) {
		return { kind: hadToken ? "tokenRefused" : "tokenNeeded", page: pageOf(url) };
	}
	return status === 429 ? { kind: "rateLimited" } : { kind: "serverError", status };
}

/** @returns the page of a repository, whatever of it was asked for. */
function pageOf(url: string): string {
	const { origin, pathname } = new URL(url);
	const [owner, repository] = pathname
		.replace(/^\/api\/models\//, "/")
		.split("/")
		.slice(1);
	return owner && repository ? `${origin}/${owner}/${repository}` : origin;
}

function retryAfterMs(response: Response): number | undefined {
	const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
	return Number.isFinite(seconds) && seconds >= 0
		? Math.min(seconds * 1000, longestRetryAfterMs)
		: undefined;
}
