/** The host refuses longer addresses. */
const maxUrlLength = 8192;

/**
 * Decides what a link in an answer may open.
 *
 * @param target as it reads after its character references are resolved.
 * @returns the address in its normal form, or `undefined` for anything but http and https. With a user name it is
 * not opened either: `https://example.com@attacker.invalid` reads as if it led to example.com.
 */
export function openableUrl(target: string): string | undefined {
	if (!/^https?:\/\//i.test(target.trim()) || !URL.canParse(target)) {
		return undefined;
	}
	const { href, username, password } = new URL(target);
	return username === "" && password === "" && href.length <= maxUrlLength ? href : undefined;
}
