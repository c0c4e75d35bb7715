import {
	characterAt,
	characterBefore,
	isLetterOrDigit,
	isLetterWithoutSpaces,
	isTextWithoutSpaces,
} from "./scripts";

/**
 * Characters that no language writes with a space after them, but that are not part of an address, where a path may
 * begin.
 */
const endings =
	/^(?:(?:を|は|が|に|で|の|と|も|へ|から|まで|より)(?!\p{sc=Hiragana})|(?:은|는|이|가|을|를|에|에서|에게|로|으로|와|과|의|도|만|까지|부터|입니다|이며|라는|라고)(?!\p{sc=Hangul}))/u;
const start = /^(?:(?:https?|ftp):\/\/|www\.)/i;
const ipv6 = /^\[[\da-f:.]+\]/i;

/**
 * Returns where an address without a scheme begins after a letter of a language without spaces, in the text up to the
 * next mark.
 */
export function startOfAddress(text: string): number | undefined {
	const before = /^[^\\<![`*~_\n]*?(?=www\.)/i.exec(text)?.[0];
	return before !== undefined && isTextWithoutSpaces(characterBefore(before, before.length))
		? before.length
		: undefined;
}

/** Returns where an address ends in a text without marks around it; `undefined` if there is none. */
export function addressEnd(text: string, before: string): number | undefined {
	const hostStart = start.exec(text)?.[0].length;
	if (hostStart === undefined) {
		return undefined;
	}
	const literal = ipv6.exec(text.slice(hostStart))?.[0].length;
	const hostEnd = literal === undefined ? endOfHost(text, hostStart) : hostStart + literal;
	const host = text.slice(hostStart, hostEnd);
	if (!/[\p{L}\p{N}:]/u.test(host) || (/[^\0-\x7F]/.test(host) && !/[^.]\.[^.]/.test(host))) {
		return undefined;
	}
	const hasPath = /[/?#:@]/.test(text.charAt(hostEnd));
	const end = hasPath ? endOfPath(text, hostEnd, before) : hostEnd;
	return trimmedLength(text.slice(0, end));
}

function endOfHost(text: string, hostStart: number): number {
	let end = hostStart;
	for (;;) {
		const character = characterAt(text, end);
		const inHost = isLetterWithoutSpaces(character)
			? !/[\w-]/.test(text.charAt(end - 1))
			: /^[\p{L}\p{M}\p{N}._-]/u.test(character);
		if (!inHost) {
			return end;
		}
		end += character.length;
	}
}

function endOfPath(text: string, hostEnd: number, before: string): number {
	let end = hostEnd;
	for (;;) {
		const character = characterAt(text, end);
		if (!continuesWith(character, text, end, before)) {
			return end;
		}
		end += character.length;
	}
}

function continuesWith(character: string, text: string, index: number, before: string): boolean {
	if (/^[\0-\x7F]?$/.test(character)) {
		return /^[!#-;=?-[\]^_a-z{|}~]/i.test(character);
	}
	if (isLetterWithoutSpaces(character)) {
		return beginsPart(text, index, before);
	}
	if (/^[\u00B7\u2010\u2011\u2013\u2019]/.test(character)) {
		const next = characterAt(text, index + 1);
		return [characterBefore(text, index), next].every(
			(letter) => isLetterOrDigit(letter) && !isLetterWithoutSpaces(letter),
		);
	}
	return /^[\p{L}\p{M}\p{N}]/u.test(character) && !/^[\uFF00-\uFFEF]/.test(character);
}

/**
 * Whether a letter of a language without spaces belongs to a path, which it does behind another one and behind most
 * separators. A slash often ends an address: who puts no space before it puts none behind it.
 */
function beginsPart(text: string, index: number, before: string): boolean {
	const last = characterBefore(text, index);
	if (isLetterWithoutSpaces(last) || /[=#_&+-]/.test(last)) {
		return true;
	}
	if (last === "(") {
		const beforeBracket = characterBefore(text, index - 1);
		return beforeBracket === "_" || isLetterWithoutSpaces(beforeBracket);
	}
	return last === "/" && !isLetterWithoutSpaces(before) && !endings.test(text.slice(index));
}

const openingBrackets: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Excludes what belongs to the sentence: punctuation, an entity, and a bracket that began before the address. */
function trimmedLength(address: string): number {
	const counts = new Map<string, number>();
	for (const [bracket] of address.matchAll(/[()[\]{}]/g)) {
		counts.set(bracket, (counts.get(bracket) ?? 0) + 1);
	}
	const count = (bracket: string): number => counts.get(bracket) ?? 0;
	let length = address.length;
	for (;;) {
		const last = address.charAt(length - 1);
		const opening = openingBrackets[last];
		const entity = last === ";" ? address.lastIndexOf("&", length) : -1;
		if (entity >= 0 && /^&[a-z\d]+;$/i.test(address.slice(entity, length))) {
			length = entity;
		} else if (
			/[?!.,:;*_~'([{]/.test(last) ||
			(opening !== undefined && count(last) > count(opening))
		) {
			counts.set(last, count(last) - 1);
			length -= 1;
		} else {
			return length;
		}
	}
}
