/** Attributes that people read, or hear. */
const readAttributes =
	/^(?:aria-(?:label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label)$/;

/**
 * What a person reads of a Lit template.
 *
 * @typedef {object} TemplateText
 * @property {readonly number[]} bare the strings of the template in which words stand that a person reads
 * @property {readonly boolean[]} read of each expression, whether a person reads its value
 */

/**
 * @param {readonly string[]} strings of a template, between its expressions
 * @returns {TemplateText}
 */
export function templateText(strings) {
	/** @type {Set<number>} */
	const bare = new Set();
	/** @type {boolean[]} */
	const read = [];
	/** @type {"text" | "tag" | "value" | "comment"} */
	let state = "text";
	let attribute = "";
	let quote = "";
	const isRead = () => state === "text" || (state === "value" && readAttributes.test(attribute));
	for (const [index, string] of strings.entries()) {
		let words = "";
		for (let at = 0; at < string.length; at += 1) {
			const rest = string.slice(at);
			const character = string[at] ?? "";
			if (state === "text") {
				if (rest.startsWith("<!--")) {
					state = "comment";
				} else if (character === "<") {
					state = "tag";
					attribute = "";
				} else {
					words += character;
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
				words += character;
			}
		}
		if (/\p{L}/u.test(words.replace(/&#?\w+;/g, ""))) {
			bare.add(index);
		}
		if (index < strings.length - 1) {
			read.push(isRead());
			// `title=${…}` ends with its value.
			if (state === "value" && quote === "" && !/^[^\s>]/.test(strings[index + 1] ?? "")) {
				state = "tag";
			}
		}
	}
	return { bare: [...bare], read };
}
