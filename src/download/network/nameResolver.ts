import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { DownloadError } from "../downloadError";
import { leastInside, mayLead, reachOfHost, reachOfResolved, type Reach } from "./reach";

/** Resolves a name to all of its addresses, as `dns.lookup` does. */
export type LookupAll = (
	hostname: string,
	options: { readonly all: true; readonly family?: number },
	callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves names when a connection is made, so that a name cannot resolve to another address after it was checked.
 * Where a proxy resolves names, they are judged by their form.
 */
export class NameResolver {
	readonly #lookup: LookupAll;
	readonly #found = new Map<string, Reach>();

	constructor(lookup: LookupAll = systemLookup) {
		this.#lookup = lookup;
	}

	/** Returns the reach of a host at its last connection or, before one, as its name suggests. */
	reachOf(hostname: string): Reach {
		return this.#found.get(hostname) ?? reachOfHost(hostname);
	}

	/**
	 * Returns a lookup function for connections that rejects names to which a host of reach `from` may not lead.
	 *
	 * @param from the reach of the host that named the address; `undefined` if the user named it
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
