import type { NetworkSettings } from "../../protocol/download/download";

/** The network settings of VS Code and of this extension. An `unknown` one may be missing or have the wrong type. */
export interface NetworkConfiguration {
	/** `localLlm.modelEndpoint` */
	readonly modelEndpoint: string;
	/** `http.proxySupport`: "off" for no proxy at all. */
	readonly proxySupport: unknown;
	/** `http.proxy`, `http.noProxy`, `http.proxyAuthorization`, `http.proxyStrictSSL` */
	readonly proxy: unknown;
	readonly noProxy: unknown;
	readonly proxyAuthorization: unknown;
	readonly proxyStrictSSL: unknown;
}

const hubAddress = "https://huggingface.co";

/**
 * Returns how to reach hosts. Settings take precedence over environment variables. For the proxy, these are the
 * variables that VS Code reads; for the mirror, those that llama.cpp and Hugging Face's tools read.
 */
export function networkSettings(
	configuration: NetworkConfiguration,
	env: NodeJS.ProcessEnv,
): NetworkSettings {
	const { modelEndpoint, proxySupport, proxy, noProxy, proxyAuthorization, proxyStrictSSL } =
		configuration;
	const proxies = [proxy, env.HTTPS_PROXY, env.https_proxy, env.HTTP_PROXY, env.http_proxy];
	const endpoint = [modelEndpoint, env.MODEL_ENDPOINT, env.HF_ENDPOINT].find(isWebAddress);
	return {
		endpoint: (endpoint ?? hubAddress).replace(/[?#].*$/s, "").replace(/\/+$/, ""),
		proxy: (proxySupport === "off" ? undefined : proxies.find(isAddress)) ?? "",
		noProxy:
			Array.isArray(noProxy) && noProxy.length > 0
				? noProxy.filter((host) => typeof host === "string").join(",")
				: (env.NO_PROXY ?? env.no_proxy ?? ""),
		proxyAuthorization: typeof proxyAuthorization === "string" ? proxyAuthorization : "",
		strictTls: proxyStrictSSL !== false,
	};
}

function isWebAddress(value: unknown): value is string {
	return isAddress(value) && /^http/i.test(value);
}

function isAddress(value: unknown): value is string {
	return (
		typeof value === "string" && /^(?:https?|socks5?):\/\//i.test(value) && URL.canParse(value)
	);
}
