import { fetch, type Response } from "undici";
import type { HostToken, NetworkSettings } from "../../protocol/download/download";
import type { DownloadCause } from "../../protocol/download/downloadFailure";
import { Credentials } from "../hub/credentials";
import { DownloadError } from "../downloadError";
import { withoutCredentials } from "../hub/endpoint";
import { hostNamedAddress, isConfidential } from "./hostNamedAddress";
import type { Reach } from "./reach";
import { Routes, type RouteOptions } from "./routes";

/** About as many as browsers allow. */
const mostRedirects = 10;
/** Longest wait for the headers of a response, including all redirects before it, in milliseconds. */
const answerMs = 120_000;
/** Longest delay that a server may ask for, in milliseconds. */
const longestRetryAfterMs = 60_000;

export interface RequestOptions {
	readonly headers?: Readonly<Record<string, string>>;
	/** The address whose response named this one; absent if the user named it. */
	readonly namedBy?: string | undefined;
	readonly signal: AbortSignal;
}

/**
 * Sends requests through the proxy of the settings, if there is one. A token is sent only to its own host, and only
 * where no one on the network can read it. Each redirect is checked.
 */
export class HttpClient {
	readonly #credentials: Credentials;
	readonly #routes: Routes;

	constructor(
		network: NetworkSettings,
		tokens: readonly HostToken[],
		routeOptions: RouteOptions = {},
	) {
		this.#credentials = new Credentials(network, tokens);
		this.#routes = new Routes(network, routeOptions);
	}

	/**
	 * Sends a GET request and follows redirects.
	 *
	 * @returns a successful response, or one with status 416
	 * @throws {DownloadError} for any other response; what `fetch` throws if there is no response
	 */
	async get(url: string, options: RequestOptions): Promise<Response> {
		const late = new AbortController();
		const timer = setTimeout(() => {
			late.abort(new DownloadError({ kind: "unreachable" }, "No answer in time"));
		}, answerMs);
		try {
			return await this.#follow(url, {
				...options,
				signal: AbortSignal.any([options.signal, late.signal]),
			});
		} finally {
			clearTimeout(timer);
		}
	}

	async close(): Promise<void> {
		await this.#routes.close();
	}

	async #follow(url: string, { headers, namedBy, signal }: RequestOptions): Promise<Response> {
		let place: Place = { address: withoutCredentials(namedBy ?? url), from: undefined };
		if (namedBy !== undefined) {
			place = this.#next(url, place);
		}
		const first = place.address;
		for (let redirects = 0; redirects <= mostRedirects; redirects++) {
			const { address, from } = place;
			const authorization = this.#credentials.for(address);
			const response = await fetch(address, {
				headers: {
					"user-agent": "local-llm-chatbot",
					...headers,
					...(authorization === undefined ? {} : { authorization }),
				},
				redirect: "manual",
				dispatcher: this.#routes.to(address, from),
				signal,
			});
			const next = response.headers.get("location");
			if (!next || response.status < 300 || response.status >= 400) {
				return accepted(response, { first, address, hadToken: authorization !== undefined });
			}
			await response.body?.cancel();
			place = this.#next(next, place);
		}
		const cause = { kind: "redirectRefused", objection: "circle" } as const;
		throw new DownloadError(cause, `${mostRedirects} redirects`);
	}

	/**
	 * Returns the address that a response leads to.
	 *
	 * @throws {DownloadError} `redirectRefused`
	 */
	#next(named: string, { address, from }: Place): Place {
		const reach = this.#routes.reachOf(address.hostname);
		const next = hostNamedAddress(named, address, reach);
		// A redirect to the same host name keeps the reach of whoever named the host, whatever address it resolves to.
		return { address: next, from: next.hostname === address.hostname ? from : reach };
	}
}

interface Place {
	readonly address: URL;
	/** The reach of the host that named the address; `undefined` if the user named it. */
	readonly from: Reach | undefined;
}

interface Asked {
	readonly first: URL;
	/** The address that responded. */
	readonly address: URL;
	readonly hadToken: boolean;
}

async function accepted(response: Response, asked: Asked): Promise<Response> {
	if (response.ok || response.status === 416) {
		return response;
	}
	await response.body?.cancel();
	const code = response.headers.get("x-error-code") ?? "";
	const said = response.headers.get("x-error-message") ?? response.statusText;
	const cause =
		asked.first.host === asked.address.host
			? causeOfStatus(response.status, code, asked)
			: // A signed address has expired; the first server issues a new one.
				({ kind: "serverError", status: response.status } as const);
	throw new DownloadError(cause, `${response.status} ${said}`.trim(), retryAfterMs(response));
}

/** @param code Hugging Face's error code, such as "RepoNotFound": it also responds with 401 to what does not exist */
function causeOfStatus(
	status: number,
	code: string,
	{ first, address, hadToken }: Asked,
): DownloadCause {
	if (code.endsWith("NotFound") || status === 404 || status === 410 || status === 400) {
		return { kind: "notFound" };
	}
	if (status === 401 || status === 403) {
		if (!isConfidential(address)) {
			return { kind: "tokenUnsafe" };
		}
		return { kind: hadToken ? "tokenRefused" : "tokenNeeded", page: pageOf(first) };
	}
	return status === 429 ? { kind: "rateLimited" } : { kind: "serverError", status };
}

/** Returns the page of the repository that an address belongs to. */
function pageOf({ origin, pathname }: URL): string {
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
