/** Stands where a secret was. */
export const hidden = "…";

const scheme = "[a-z][a-z\\d+.-]{0,20}";
/** An address to the next blank or quotation mark, also percent-encoded. */
const address = new RegExp(`\\b(${scheme}(?::|%3A)(?:[\\\\/]|%2F|%5C){1,4})([^\\s"'<>“”]+)`, "gi");
const innerAddress = new RegExp(`(?=\\b${scheme}(?:://|%3A%2F))`, "i");
/** A name and password without a scheme, as proxies are written. */
const bareCredentials = /(?<![\w.@%+-])[\w.%+-]{1,64}:[^\s@/"'<>:]{1,256}@(?=[\w[])/g;
/** A query without the beginning of its address. */
const query = /(\?|%3F)[\w.~[\]-]{1,100}(?:=|%3D)[^\s"'<>“”)]*/gi;
/** What ends a sentence, or brackets around an address, is none of it. */
const closing = /[).,;:!?\]}]*$/;
const mostClosing = 4;

/**
 * Takes names and passwords out of addresses, and all that follows their question mark, since any of it may be a
 * signature. What it does to one address takes time in proportion to its length.
 */
export function withoutAddressSecrets(text: string): string {
	return text
		.replace(address, (_match, beginning: string, rest: string) =>
			[beginning, ...hideInner(rest)].join(""),
		)
		.replace(bareCredentials, `${hidden}@`)
		.replace(query, `$1${hidden}`);
}

/** @param rest of an address behind its scheme; other addresses may be in it */
function hideInner(rest: string): string[] {
	const [first = "", ...inner] = rest.split(innerAddress);
	return [hideIn(first), ...inner.map(withoutAddressSecrets)];
}

function hideIn(rest: string): string {
	const mark = /\?|%3F/i.exec(rest)?.index ?? rest.length;
	const slash = /[\\/#]|%2F|%5C|%23/i.exec(rest)?.index ?? rest.length;
	// A password may have such marks in it; digits in its place are a port.
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
