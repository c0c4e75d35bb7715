/**
 * Returns whether an address from an untrusted file names a file on this machine. Opening any other address could
 * reveal the user to a server on the network.
 */
export function isOwnDocument(uri: string): boolean {
	try {
		// Windows reads "//server/share" and "\\server\share" as network paths.
		return /^file:\/\/\/(?![/\\])/.test(decodeURIComponent(uri));
	} catch {
		return false;
	}
}
