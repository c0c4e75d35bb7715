/** Attributes that people read or hear. */
export const readAttributes =
	/^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label)$/;

/**
 * The visible text of a Lit template.
 *
 * @typedef {object} TemplateText
 * @property {readonly { readonly index: number, readonly at: number }[]} bare the strings of the template that contain visible
 *   words, and the position of the first letter
 * @property {readonly boolean[]} read for each expression, whether its value is visible
 */

/**
 * @param {readonly string[]} strings of a template, around its expressions
 * @returns {TemplateText}
 */
export function templateText(strings) {
	const bare = [];
	/** @type {boolean[]} */
	const read = [];
	/** @type {"text" | "tag" | "value" | "comment"} */
	let state = "text";
	let attribute = "";
	let quote = "";
	const isRead = () => state === "text" || (state === "value" && readAttributes.test(attribute));
	for (const [index, string] of strings.entries()) {
		/** @type {number | undefined} */
		let first;
		/** @param {number} at @param {string} character */
		const note = (at, character) => {
			if (/\p{L}/u.test(character)) {
				first ??= at;
			}
		};
		for (let at = 0; at < string.length; at += 1) {
			const rest = string.slice(at);
			const character = string[at] ?? "";
			if (state === "text") {
				if (rest.startsWith("<!--")) {
					state = "comment";
				} else if (character === "<") {
					state = "tag";
					attribute = "";
				} else if (character === "&") {
					at += (/^&#?\w+;/.exec(rest)?.[0].length ?? 1) - 1;
				} else {
					note(at, character);
				}
			} else if (state === "comment") {
				if (rest.startsWith("-->")) {
					at += 2;
					state = "text";
				}
			} else if (state === "tag") {
				const [named, name = "", opening = ""] = /^([^\s"'<>/=]+)\s*=\s*(["']?)/.exec(rest) ?? [];
				if (named) {
					at += named.length - 1;
					attribute = name.toLowerCase();
					quote = opening;
					state = "value";
				} else if (character === ">") {
					state = "text";
				}
			} else if (quote ? character === quote : /[\s>]/.test(character)) {
				state = character === ">" ? "text" : "tag";
			} else if (readAttributes.test(attribute)) {
				note(at, character);
			}
		}
		if (first !== undefined) {
			bare.push({ index, at: first });
		}
		if (index < strings.length - 1) {
			read.push(isRead());
			// `title=${…}` ends with its value.
			if (state === "value" && quote === "" && !/^[^\s>]/.test(strings[index + 1] ?? "")) {
				state = "tag";
			}
		}
	}
	return { bare, read };
}
