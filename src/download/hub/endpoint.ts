import type { HostToken, NetworkSettings } from "../../protocol/download/download";

/** @returns an address that a person set, without the name and password that it may have. */
export function withoutCredentials(url: string): URL {
	const address = new URL(url);
	address.username = "";
	address.password = "";
	return address;
}

/** @returns where models named `hf:` come from, without a slash at the end. */
export function endpointOf({ endpoint }: NetworkSettings): string {
	const address = withoutCredentials(endpoint);
	return `${address.origin}${address.pathname}`.replace(/\/+$/, "");
}

/** @returns the value of the header Authorization for the endpoint; `undefined` if its address has no name and no password. */
export function endpointAuthorization({ endpoint }: NetworkSettings): string | undefined {
	const { username, password } = new URL(endpoint);
	if (username === "" && password === "") {
		return undefined;
	}
	const pair = `${unescaped(username)}:${unescaped(password)}`;
	return `Basic ${Buffer.from(pair).toString("base64")}`;
}

/** @returns texts that no message may repeat, whatever a host or a library says. */
export function secretsOf(network: NetworkSettings, tokens: readonly HostToken[]): string[] {
	const secrets = tokens.map(({ token }) => token);
	for (const url of [network.endpoint, network.proxy].filter((each) => URL.canParse(each))) {
		const { username, password } = new URL(url);
		// A name alone is a token.
		const secret = password === "" ? username : password;
		secrets.push(secret, unescaped(secret));
	}
	for (const header of [endpointAuthorization(network), network.proxyAuthorization]) {
		secrets.push((header ?? "").replace(/^\w+\s+/, ""));
	}
	return [...new Set(secrets)].filter((secret) => secret !== "");
}

/** @returns text without percent signs that escape; as it is, if one escapes nothing, which is valid in a URL. */
export function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
