import { fetch, type Response } from "undici";
import type { HostToken, NetworkSettings } from "../../protocol/download/download";
import type { DownloadCause } from "../../protocol/download/downloadFailure";
import { Credentials } from "../hub/credentials";
import { DownloadError } from "../downloadError";
import { withoutCredentials } from "../hub/endpoint";
import { hostNamedAddress, isConfidential } from "./hostNamedAddress";
import type { Reach } from "./reach";
import { Routes, type RouteOptions } from "./routes";

/** As browsers allow, roughly. */
const mostRedirects = 10;
/** Longest wait for the headers of an answer, with all redirects before it, in milliseconds. */
const answerMs = 120_000;
/** Longest wait that a host may ask for, in milliseconds. */
const longestRetryAfterMs = 60_000;

export interface RequestOptions {
	readonly headers?: Readonly<Record<string, string>>;
	/** The address whose answer named this one; absent: the person named it. */
	readonly namedBy?: string | undefined;
	readonly signal: AbortSignal;
}

/**
 * Asks hosts, through the proxy that the settings name. A token goes to its own host and nowhere else, and only where
 * nobody on the way can read it; where a host leads is checked at each step.
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
	 * Follows redirects.
	 *
	 * @returns an answer of success, or one with status 416.
	 * @throws {DownloadError} for any other answer; what `fetch` throws where there is none.
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

	/** @returns where an answer leads. @throws {DownloadError} `redirectRefused` */
	#next(named: string, { address, from }: Place): Place {
		const reach = this.#routes.reachOf(address.hostname);
		const next = hostNamedAddress(named, address, reach);
		// A name stays the choice of whoever named it, wherever it is resolved to.
		return { address: next, from: next.hostname === address.hostname ? from : reach };
	}
}

interface Place {
	readonly address: URL;
	/** Where the host lies that named it; `undefined`: the person did. */
	readonly from: Reach | undefined;
}

interface Asked {
	readonly first: URL;
	/** That answered. */
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
			: // An address that was signed for a while; the first host gives a new one.
				({ kind: "serverError", status: response.status } as const);
	throw new DownloadError(cause, `${response.status} ${said}`.trim(), retryAfterMs(response));
}

/** @param code Hugging Face's own word, such as "RepoNotFound": it answers 401 for what is not there, too. */
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

/** @returns the page of a repository, whatever of it was asked for. */
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
