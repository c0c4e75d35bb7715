import { t } from "../../wording/localize";

/** The names that Windows reserves for devices, with any extension. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** The longest name in bytes of UTF-8. With its number and extension, it stays below the 255 bytes of file systems. */
const nameBytes = 120;

/** Returns a title as a file name that every system accepts, without an extension; never empty. */
export function fileNameOf(title: string): string {
	const safe = title
		// Control characters, characters that some system reserves, and marks that change the text direction.
		// eslint-disable-next-line no-control-regex -- the pattern removes them
		.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g, " ")
		.replace(/\p{Surrogate}/gu, " ")
		.replace(/\s+/g, " ");
	const name = cutAt(nameBytes, safe.replace(/^[. ]+/, "")).replace(/[. ]+$/, "");
	return name === "" ? t("Chat") : devices.test(name) ? t("Chat {0}", name) : name;
}

/**
 * Chooses names for the files of one folder.
 *
 * @param taken the names already in the folder
 */
export class UniqueNames {
	readonly #taken: Set<string>;

	constructor(taken: Iterable<string>) {
		this.#taken = new Set([...taken].map(folded));
	}

	/** Returns `name`, a number if the name is taken, and `ending`; reserves the result. */
	next(name: string, ending: string): string {
		let candidate = `${name}${ending}`;
		for (let number = 2; this.#taken.has(folded(candidate)); number += 1) {
			candidate = `${name} (${number})${ending}`;
		}
		this.#taken.add(folded(candidate));
		return candidate;
	}
}

/** Returns the same text for names that some file system treats as one. */
function folded(name: string): string {
	return name.normalize("NFC").toLowerCase();
}

function cutAt(bytes: number, text: string): string {
	let used = 0;
	let cut = "";
	for (const character of text) {
		used += Buffer.byteLength(character);
		if (used > bytes) {
			break;
		}
		cut += character;
	}
	return cut;
}
