import * as tls from "node:tls";

/** What Node can tell since 22.15; the types are of the oldest Node in play. */
interface CertificateStore {
	readonly getCACertificates?: (type: "default" | "system") => string[];
}

/**
 * @returns the certificates that Node brings, those of NODE_EXTRA_CA_CERTS, and those that this machine trusts, as a
 * network that inspects encrypted traffic needs; `undefined`, for Node's own choice, where Node cannot tell.
 */
export function trustedCertificates(): string[] | undefined {
	const { getCACertificates } = tls as CertificateStore;
	return (
		getCACertificates && [
			...new Set([...getCACertificates("default"), ...getCACertificates("system")]),
		]
	);
}
