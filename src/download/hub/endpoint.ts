import type { HostToken, NetworkSettings } from "../../protocol/download/download";

/** Returns an address from the settings without its name and password. */
export function withoutCredentials(url: string): URL {
	const address = new URL(url);
	address.username = "";
	address.password = "";
	return address;
}

/** Returns the address from which `hf:` models are downloaded, without a trailing slash. */
export function endpointOf({ endpoint }: NetworkSettings): string {
	const address = withoutCredentials(endpoint);
	return `${address.origin}${address.pathname}`.replace(/\/+$/, "");
}

/** Returns the endpoint's Authorization header; `undefined` if its address has no name and password. */
export function endpointAuthorization({ endpoint }: NetworkSettings): string | undefined {
	const { username, password } = new URL(endpoint);
	if (username === "" && password === "") {
		return undefined;
	}
	const pair = `${unescaped(username)}:${unescaped(password)}`;
	return `Basic ${Buffer.from(pair).toString("base64")}`;
}

/** Returns the texts that no message may contain, whatever a host or library reports. */
export function secretsOf(network: NetworkSettings, tokens: readonly HostToken[]): string[] {
	const secrets = tokens.map(({ token }) => token);
	for (const url of [network.endpoint, network.proxy].filter((each) => URL.canParse(each))) {
		const { username, password } = new URL(url);
		// A name without a password is a token.
		const secret = password === "" ? username : password;
		secrets.push(secret, unescaped(secret));
	}
	for (const header of [endpointAuthorization(network), network.proxyAuthorization]) {
		secrets.push((header ?? "").replace(/^\w+\s+/, ""));
	}
	return [...new Set(secrets)].filter((secret) => secret !== "");
}

/** Returns text with its percent escapes decoded, or unchanged if an escape is malformed, which is valid in a URL. */
export function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
