import type { HostToken, NetworkSettings } from "../../protocol/download/download";
import { endpointAuthorization } from "./endpoint";
import { isConfidential } from "../network/hostNamedAddress";

/** The credentials for each host: an access token, or the name and password in a mirror's address. */
export class Credentials {
	/** The header's value, by host with port. */
	readonly #values: ReadonlyMap<string, string>;

	constructor(network: NetworkSettings, tokens: readonly HostToken[]) {
		const own = endpointAuthorization(network);
		this.#values = new Map([
			...(own === undefined ? [] : [[new URL(network.endpoint).host, own] as const]),
			// Last, so that it wins: the user entered it when this host asked for one.
			...tokens.map(({ host, token }) => [host, `Bearer ${token}`] as const),
		]);
	}

	/**
	 * Returns the header's value for an address. Credentials go only to their own host, and only over a connection that no
	 * one can eavesdrop on.
	 */
	for(address: URL): string | undefined {
		return isConfidential(address) ? this.#values.get(address.host) : undefined;
	}
}
