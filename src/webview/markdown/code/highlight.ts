import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

/** The grammars by the names in the toolbar. Each knows its aliases (`ts`, `py`, `sh`, `c++`, `html`, …). */
const languages = {
	...{ bash, c, cpp, csharp, css, diff, go, java, javascript, json, markdown, python, rust, sql },
	...{ typescript, xml, yaml },
};
for (const [name, language] of Object.entries(languages)) {
	hljs.registerLanguage(name, language);
}
hljs.registerAliases(["console", "shell", "shellsession"], { languageName: "bash" });
hljs.registerAliases(["jsonl", "json5", "jsonc"], { languageName: "json" });
hljs.registerAliases(["vue", "svelte"], { languageName: "xml" });

/**
 * Returns nodes that show `code` with `hljs-…` classes; `undefined` if the language is unknown.
 *
 * @param language the word after the fence
 */
export function highlight(code: string, language: string): DocumentFragment | undefined {
	const name = /^[\w+#-]*/.exec(language)?.[0] ?? "";
	if (!hljs.getLanguage(name)) {
		return undefined;
	}
	return toNodes(hljs.highlight(code, { language: name, ignoreIllegals: true }).value);
}

const references: Readonly<Record<string, string>> = {
	"&amp;": "&",
	"&lt;": "<",
	"&gt;": ">",
	"&quot;": '"',
	"&#x27;": "'",
};

/** highlight.js produces only `<span class="…">`, `</span>`, and escaped text, so no HTML parser is needed. */
function toNodes(html: string): DocumentFragment {
	const root = document.createDocumentFragment();
	let parent: ParentNode & Node = root;
	for (const [piece, className] of html.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
		if (className !== undefined) {
			const span = document.createElement("span");
			span.className = className;
			parent.appendChild(span);
			parent = span;
		} else if (piece === "</span>") {
			parent = parent.parentElement ?? root;
		} else {
			parent.append(
				piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, (match) => references[match] ?? match),
			);
		}
	}
	return root;
}
