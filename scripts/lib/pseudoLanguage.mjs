import { readSentences } from "./sentences.mjs";
import { expectedMessages } from "./translationProblems.mjs";

/** Unicode's name for English with accents. It counts and formats as English does. */
export const pseudoLanguage = "en-XA";

const accented = new Map(
	Array.from(
		"aåbƀcçdðeéfƒgĝhĥiîjĵkķlļmɱnñoöpþqǫrŕsštţuûvṽwŵxẋyýzž".matchAll(/(.)(.)/gu),
		([, plain = "", other = ""]) => [plain, other],
	),
);
const placeholder = /(\{\d+\})/;

/**
 * @param {string} sentence English
 * @returns {string} the sentence in brackets, with accents, and 40 % longer, as translations can be; placeholders stay
 */
export function pseudo(sentence) {
	const letters = sentence
		.split(placeholder)
		.map((piece) => (placeholder.test(piece) ? piece : Array.from(piece, accent).join("")))
		.join("");
	// Words of ordinary length, so that lines can break between them.
	const padding = "~".repeat(Math.ceil(sentence.length * 0.4)).replaceAll(/~{7}(?=~)/g, "$& ");
	return `[${letters} ${padding}]`;
}

/** @returns {Promise<Readonly<Record<string, string>>>} a translation of every sentence in the code */
export async function pseudoTranslation() {
	const expected = expectedMessages(pseudoLanguage, await readSentences());
	return Object.fromEntries([...expected].map(([key, { english }]) => [key, pseudo(english)]));
}

/** @param {string} letter */
function accent(letter) {
	const lower = letter.toLowerCase();
	const other = accented.get(lower) ?? letter;
	return letter === lower ? other : other.toUpperCase();
}
