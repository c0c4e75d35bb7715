import type { HostToken, NetworkSettings } from "../../protocol/download/download";
import { endpointAuthorization } from "./endpoint";
import { isConfidential } from "../network/hostNamedAddress";

/** What hosts are told of the person: an access token, or the name and password in the address of a mirror. */
export class Credentials {
	/** The header's value, by host with port. */
	readonly #values: ReadonlyMap<string, string>;

	constructor(network: NetworkSettings, tokens: readonly HostToken[]) {
		const own = endpointAuthorization(network);
		this.#values = new Map([
			...(own === undefined ? [] : [[new URL(network.endpoint).host, own] as const]),
			// Last: it was entered when this host asked for one.
			...tokens.map(({ host, token }) => [host, `Bearer ${token}`] as const),
		]);
	}

	/** @returns what to send to an address: nothing but to the host itself, where nobody on the way can read it. */
	for(address: URL): string | undefined {
		return isConfidential(address) ? this.#values.get(address.host) : undefined;
	}
}
