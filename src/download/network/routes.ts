import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { NetworkSettings } from "../../protocol/download/download";
import { usualOptions } from "../downloadOptions";
import { NameResolver, type LookupAll } from "./nameResolver";
import { reachOfHost, type Reach } from "./reach";
import { trustedCertificates } from "./trustedCertificates";

/** Longest wait for a connection, and for the headers of an answer, in milliseconds. */
const patience = { connectMs: 15_000, headersMs: 30_000 };

export interface RouteOptions {
	/** Silence that counts as a broken connection, in milliseconds. */
	readonly stallMs?: number | undefined;
	/** The system's own unless given. */
	readonly lookup?: LookupAll | undefined;
}

/** The ways to hosts: straight, or through the proxy that the settings name. */
export class Routes {
	readonly #network: NetworkSettings;
	readonly #stallMs: number;
	readonly #resolver: NameResolver;
	/** By where the host lies that named the address. Connections are never shared: each is checked for its own. */
	readonly #dispatchers = new Map<string, Dispatcher>();
	#certificates: string[] | undefined;

	constructor(network: NetworkSettings, { stallMs, lookup }: RouteOptions = {}) {
		this.#network = network;
		this.#stallMs = stallMs ?? usualOptions.stallMs;
		this.#resolver = new NameResolver(lookup);
	}

	/** @param from where the host lies that named `url`; `undefined`: the person named it */
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

	/** @returns where a host lies, as far as is known. */
	reachOf(hostname: string): Reach {
		return this.#resolver.reachOf(hostname);
	}

	async close(): Promise<void> {
		await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
	}

	/** To a proxy elsewhere "localhost" would be another machine; VS Code itself asks none for it either. */
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
			// Empty, not absent: it would read the environment.
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
