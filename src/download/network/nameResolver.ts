import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { DownloadError } from "../downloadError";
import { leastInside, mayLead, reachOfHost, reachOfResolved, type Reach } from "./reach";

/** `dns.lookup` for all addresses of a name. */
export type LookupAll = (
	hostname: string,
	options: { readonly all: true; readonly family?: number },
	callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves names when a connection is made, so that no name can turn out to be another address after it was checked.
 * Where a proxy resolves them, names are judged by what they look like.
 */
export class NameResolver {
	readonly #lookup: LookupAll;
	readonly #found = new Map<string, Reach>();

	constructor(lookup: LookupAll = systemLookup) {
		this.#lookup = lookup;
	}

	/** @returns where a host was found when it was last connected to, or else where its name says that it is. */
	reachOf(hostname: string): Reach {
		return this.#found.get(hostname) ?? reachOfHost(hostname);
	}

	/**
	 * @param from where the host lies that named the address; `undefined`: the person named it
	 * @returns what a connection resolves names with; refuses those that no host of that reach may lead to.
	 */
	lookupFrom(from: Reach | undefined): LookupFunction {
		return (hostname, options, callback) => {
			const family = options.family === "IPv4" ? 4 : options.family === "IPv6" ? 6 : options.family;
			this.#lookup(hostname, { ...options, family: family ?? 0, all: true }, (error, addresses) => {
				if (error) {
					callback(error, []);
					return;
				}
				const fitting = addresses.filter(
					({ address }) => from === undefined || mayLead(from, reachOfResolved(address)),
				);
				const [first] = fitting;
				if (!first) {
					const cause = { kind: "redirectRefused", objection: "inner" } as const;
					callback(new DownloadError(cause, hostname), []);
					return;
				}
				this.#remember(hostname, fitting);
				if (options.all) {
					callback(null, fitting);
				} else {
					callback(null, first.address, first.family);
				}
			});
		};
	}

	#remember(hostname: string, addresses: readonly LookupAddress[]): void {
		const reach = leastInside(addresses.map(({ address }) => reachOfResolved(address)));
		if (reach && isIP(hostname) === 0) {
			this.#found.set(hostname, reach);
		}
	}
}
