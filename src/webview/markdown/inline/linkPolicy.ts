/** The longest address that the host accepts. */
const maxUrlLength = 8192;

/**
 * Decides what a link in an answer may open.
 *
 * @param target the address with character references resolved
 * @returns the address in normal form; `undefined` for any scheme but http and https, and for addresses with a user
 * name, because `https://example.com@attacker.invalid` looks like example.com
 */
export function openableUrl(target: string): string | undefined {
	if (!/^https?:\/\//i.test(target.trim()) || !URL.canParse(target)) {
		return undefined;
	}
	const { href, username, password } = new URL(target);
	return username === "" && password === "" && href.length <= maxUrlLength ? href : undefined;
}
