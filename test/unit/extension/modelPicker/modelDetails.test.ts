import assert from "node:assert/strict";
import { marked } from "marked";
import { describeDetails } from "../../../../src/extension/modelPicker/modelDetails";
import type { ModelDetails } from "../../../../src/protocol/inference/model";

const details: ModelDetails = {
	kind: "chat",
	name: "Llama 3.2 3B Instruct",
	path: "/models/Llama-3.2-3B-Instruct-Q4_K_M.gguf",
	fileBytes: 2_019_377_696,
	partCount: 1,
	architecture: "llama",
	parameterCount: 3_212_749_824,
	quantization: "Q4_K_M",
	trainedContextTokens: 131_072,
	layers: 28,
	chatTemplate: "{% for message in messages %}{{ message.content }}{% endfor %}",
};

/** Renders the page. @returns the rows of its table by label, and the whole page as HTML */
function page(of: ModelDetails): { readonly rows: ReadonlyMap<string, string>; html: string } {
	const html = marked.parse(describeDetails("Llama", of), { async: false });
	const cells = [...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => decode(cell!));
	const rows = new Map<string, string>();
	for (let index = 0; index < cells.length; index += 2) {
		rows.set(cells[index]!, cells[index + 1]!);
	}
	return { rows, html };
}

function decode(html: string): string {
	return html
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&quot;", '"')
		.replaceAll("&amp;", "&");
}

describe("the model details page", () => {
	it("shows the details in the model file", () => {
		assert.deepEqual(
			[...page(details).rows],
			[
				["Name in the file", "Llama 3.2 3B Instruct"],
				["Kind", "Chat model"],
				["Architecture", "llama"],
				["Parameters", "3.2 billion (3,212,749,824)"],
				["Quantization", "Q4_K_M"],
				["Layers", "28"],
				["Trained context", "131,072 tokens"],
				["Size", "2.0 GB"],
				["File", "/models/Llama-3.2-3B-Instruct-Q4_K_M.gguf"],
			],
		);
		assert.match(page(details).html, /<code class="language-jinja">\{% for message/);
	});

	it("says which details the file does not state", () => {
		const { rows, html } = page({
			...details,
			name: undefined,
			quantization: undefined,
			trainedContextTokens: undefined,
			chatTemplate: undefined,
			parameterCount: 1_140_096,
			partCount: 3,
		});
		assert.equal(rows.get("Name in the file"), "not stated");
		assert.equal(rows.get("Trained context"), "not stated");
		assert.equal(rows.get("Parameters"), "1.1 million (1,140,096)");
		assert.equal(rows.get("Size"), "2.0 GB in 3 files");
		assert.match(html, /The file contains none/);
	});

	it("shows hostile text in a model file as plain text", () => {
		const hostile = "</td> | <img src=x> [a](command:b) `c`\n# d &lt; $(e) **f**";
		const { rows, html } = page({
			...details,
			name: hostile,
			architecture: hostile,
			path: `/models/${hostile}.gguf`,
			chatTemplate: "```\n<script>alert(1)</script>\n````\n# Not a heading",
		});
		assert.equal(rows.get("Name in the file"), hostile.replace("\n", " "));
		assert.doesNotMatch(html, /<img|<a |<script|<strong|<h1>(?!Llama)/);
		assert.match(html, /# Not a heading\n<\/code>/);
	});
});
