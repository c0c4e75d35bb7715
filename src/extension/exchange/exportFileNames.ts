/** Names that Windows keeps for devices, with whatever ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** UTF-8 bytes of a name without its ending: with ending and number they stay below the 255 that file systems take. */
const nameBytes = 120;

/** @returns a title as the name of a file that every system takes, without ending; never empty. */
export function fileNameOf(title: string): string {
	const safe = title
		// Control characters, what is reserved somewhere, and what turns the direction of writing around.
		// eslint-disable-next-line no-control-regex -- they stand here to be taken out
		.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g, " ")
		.replace(/\p{Surrogate}/gu, " ")
		.replace(/\s+/g, " ");
	const name = cutAt(nameBytes, safe.replace(/^[. ]+/, "")).replace(/[. ]+$/, "");
	return name === "" ? "Chat" : devices.test(name) ? `Chat ${name}` : name;
}

/**
 * Finds names for files of one folder.
 *
 * @param taken names that are in the folder
 */
export class UniqueNames {
	readonly #taken: Set<string>;

	constructor(taken: Iterable<string>) {
		this.#taken = new Set([...taken].map(folded));
	}

	/** @returns `name`, with a number if need be, and `ending`; taken from now on. */
	next(name: string, ending: string): string {
		let candidate = `${name}${ending}`;
		for (let number = 2; this.#taken.has(folded(candidate)); number += 1) {
			candidate = `${name} (${number})${ending}`;
		}
		this.#taken.add(folded(candidate));
		return candidate;
	}
}

/** @returns the same for names that some file system takes for the same. */
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
