import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { NetworkSettings } from "../../protocol/download/download";
import { usualOptions } from "../downloadOptions";
import { NameResolver, type LookupAll } from "./nameResolver";
import { reachOfHost, type Reach } from "./reach";
import { trustedCertificates } from "./trustedCertificates";

/** Longest waits for a connection, and for the headers of a response, in milliseconds. */
const patience = { connectMs: 15_000, headersMs: 30_000 };

export interface RouteOptions {
	/** Silence that counts as a broken connection, in milliseconds. */
	readonly stallMs?: number | undefined;
	/** The system's resolver by default. */
	readonly lookup?: LookupAll | undefined;
}

/** The routes to hosts: direct, or through the proxy of the settings. */
export class Routes {
	readonly #network: NetworkSettings;
	readonly #stallMs: number;
	readonly #resolver: NameResolver;
	/** By the reach of the host that named the address. They share no connections, since each checks its own. */
	readonly #dispatchers = new Map<string, Dispatcher>();
	#certificates: string[] | undefined;

	constructor(network: NetworkSettings, { stallMs, lookup }: RouteOptions = {}) {
		this.#network = network;
		this.#stallMs = stallMs ?? usualOptions.stallMs;
		this.#resolver = new NameResolver(lookup);
	}

	/** @param from the reach of the host that named `url`; `undefined` if the user named it */
	to(url: URL, from: Reach | undefined): Dispatcher {
		const isDirect = this.#network.proxy === "" || this.#isOfThisMachineOnly(url);
		const key = `${from ?? "person"} ${isDirect ? "direct" : "proxied"}`;
		const known = this.#dispatchers.get(key);
		if (known) {
			return known;
		}
		const dispatcher = isDirect ? this.#direct(from) : this.#proxied(from);
		this.#dispatchers.set(key, dispatcher);
		return dispatcher;
	}

	/** Returns the reach of a host, as far as it is known. */
	reachOf(hostname: string): Reach {
		return this.#resolver.reachOf(hostname);
	}

	async close(): Promise<void> {
		await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
	}

	/**
	 * Bypasses the proxy for this machine: to a proxy elsewhere, "localhost" would be another machine. VS Code does the
	 * same.
	 */
	#isOfThisMachineOnly(url: URL): boolean {
		const proxyHost = new URL(this.#network.proxy).hostname;
		return reachOfHost(url.hostname) === "loopback" && reachOfHost(proxyHost) !== "loopback";
	}

	#direct(from: Reach | undefined): Dispatcher {
		return new Agent(this.#agentOptions(from));
	}

	#proxied(from: Reach | undefined): Dispatcher {
		const { proxy, noProxy, proxyAuthorization } = this.#network;
		const trust = this.#trust();
		return new EnvHttpProxyAgent({
			...this.#agentOptions(from),
			httpProxy: proxy,
			httpsProxy: proxy,
			// Empty rather than absent, since undici would read the environment.
			noProxy,
			...(proxyAuthorization === "" ? {} : { token: proxyAuthorization }),
			requestTls: trust,
			proxyTls: trust,
		});
	}

	#agentOptions(from: Reach | undefined): Agent.Options {
		return {
			connect: {
				...this.#trust(),
				timeout: patience.connectMs,
				lookup: this.#resolver.lookupFrom(from),
			},
			headersTimeout: patience.headersMs,
			bodyTimeout: this.#stallMs,
		};
	}

	#trust(): { rejectUnauthorized: boolean; ca: string[] | undefined } {
		this.#certificates ??= trustedCertificates();
		return { rejectUnauthorized: this.#network.strictTls, ca: this.#certificates };
	}
}
