import * as tls from "node:tls";

/** The function that Node has since 22.15. The types are of the oldest supported Node. */
interface CertificateStore {
	readonly getCACertificates?: (type: "default" | "system") => string[];
}

/**
 * Returns the certificates that Node bundles, those of NODE_EXTRA_CA_CERTS, and those that this machine trusts, which
 * networks that inspect encrypted traffic require. Returns `undefined`, Node's default, if Node cannot list them.
 */
export function trustedCertificates(): string[] | undefined {
	const { getCACertificates } = tls as CertificateStore;
	return (
		getCACertificates && [
			...new Set([...getCACertificates("default"), ...getCACertificates("system")]),
		]
	);
}
