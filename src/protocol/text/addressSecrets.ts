/** Replaces a secret. */
export const hidden = "…";

const scheme = "[a-z][a-z\\d+.-]{0,20}";
/** An address up to the next blank or quotation mark; it may be percent-encoded. */
const address = new RegExp(`\\b(${scheme}(?::|%3A)(?:[\\\\/]|%2F|%5C){1,4})([^\\s"'<>“”]+)`, "gi");
const innerAddress = new RegExp(`(?=\\b${scheme}(?:://|%3A%2F))`, "i");
/** A name and password without a scheme, as proxies are often written. */
const bareCredentials = /(?<![\w.@%+-])[\w.%+-]{1,64}:[^\s@/"'<>:]{1,256}@(?=[\w[])/g;
/** A query whose address is cut off. */
const query = /(\?|%3F)[\w.~[\]-]{1,100}(?:=|%3D)[^\s"'<>“”)]*/gi;
/** Punctuation that ends a sentence, or brackets around an address, do not belong to the address. */
const closing = /[).,;:!?\]}]*$/;
const mostClosing = 4;

/**
 * Removes names and passwords from addresses, and everything after the question mark, because any of it may be a
 * signature. The time for one address is proportional to its length.
 */
export function withoutAddressSecrets(text: string): string {
	return text
		.replace(address, (_match, beginning: string, rest: string) =>
			[beginning, ...hideInner(rest)].join(""),
		)
		.replace(bareCredentials, `${hidden}@`)
		.replace(query, `$1${hidden}`);
}

/** @param rest the part of an address after its scheme; it may contain other addresses */
function hideInner(rest: string): string[] {
	const [first = "", ...inner] = rest.split(innerAddress);
	return [hideIn(first), ...inner.map(withoutAddressSecrets)];
}

function hideIn(rest: string): string {
	const mark = /\?|%3F/i.exec(rest)?.index ?? rest.length;
	const slash = /[\\/#]|%2F|%5C|%23/i.exec(rest)?.index ?? rest.length;
	// A password may contain such characters; digits in its place are a port.
	const hasOddPassword = /^[^\\/@:?#[\]]*:(?!\d{1,5}(?:[\\/?#]|$))/.test(rest);
	const end = hasOddPassword ? rest.length : Math.min(mark, slash);
	const at = Math.max(rest.lastIndexOf("@", end), lastEncodedAt(rest, end));
	const credentials = at < 0 || at >= end ? "" : `${hidden}@`;
	const place = credentials === "" ? rest : rest.slice(at).replace(/^(?:@|%40)/, "");
	return credentials + withoutQuery(place);
}

function lastEncodedAt(rest: string, end: number): number {
	return rest.toLowerCase().lastIndexOf("%40", end);
}

function withoutQuery(place: string): string {
	const mark = /(\?|%3F)(?!…)/i.exec(place);
	return mark
		? place.slice(0, mark.index) +
				(mark[1] ?? "") +
				hidden +
				(closing.exec(place.slice(-mostClosing))?.[0] ?? "")
		: place;
}
