/**
 * @returns whether an address from a file that is not trusted names a file of this machine. Opening another one could
 * tell a server on the network who does so.
 */
export function isOwnDocument(uri: string): boolean {
	try {
		// Windows reads "//server/share" and "\\server\share" as places on the network.
		return /^file:\/\/\/(?![/\\])/.test(decodeURIComponent(uri));
	} catch {
		return false;
	}
}
