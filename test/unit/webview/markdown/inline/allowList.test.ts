import assert from "node:assert/strict";
import { chatIntentSchema } from "../../../../../src/protocol/chat/chatIntent";
import { openableUrl } from "../../../../../src/webview/markdown/inline/linkPolicy";
import { allowedHtml, RawHtml } from "../../../../../src/webview/markdown/inline/rawHtml";
import * as v from "valibot";
import {
	allowedMarkup,
	droppedAttributes,
	opaqueElements,
	openableSchemes,
} from "../../../../support/markdown/allowedMarkup";
import {
	attributeNames,
	elementNames,
	schemeNames,
} from "../../../../support/markdown/markupNames";

function written(source: string): string {
	const raw = new RawHtml();
	return raw.write(source) + raw.end();
}

describe("What a model may write as HTML", () => {
	it("is the frozen list of elements and attributes, and nothing else", () => {
		const actual = [...allowedHtml].map(([tag, names]) => [tag, names.toSorted()] as const);
		assert.deepEqual(
			Object.fromEntries(actual.toSorted()),
			Object.fromEntries([...allowedMarkup].toSorted()),
		);
	});

	it("comes through as elements of the frozen list, all others as text", () => {
		const through = elementNames.filter((name) => written(`<${name}>`).startsWith("<"));
		assert.deepEqual(through.toSorted(), [...allowedMarkup.keys()].toSorted());
	});

	it("shows a tag as text for any attribute but those of its element and those dropped without a word", () => {
		for (const [element, allowed] of allowedMarkup) {
			const shown = attributeNames.filter((name) =>
				written(`<${element} ${name}="x">`).startsWith("<"),
			);
			const expected = attributeNames.filter(
				(name) => allowed.includes(name) || droppedAttributes.includes(name),
			);
			assert.deepEqual(shown, expected, element);
		}
	});

	it("drops the attributes that are dropped, name and value", () => {
		for (const name of droppedAttributes) {
			assert.equal(written(`<b ${name}="x">`), "<b></b>", name);
		}
	});

	it("means what it says inside the elements that are no HTML inside, and only there", () => {
		const opaque = elementNames.filter((name) => written(`<${name}>&lt;`).includes("&amp;lt;"));
		assert.deepEqual(opaque.toSorted(), opaqueElements.toSorted());
	});

	it("holds no `<` of the source's own", () => {
		for (const name of elementNames) {
			const html = written(`<${name} title='"<i>"'>`);
			assert.doesNotMatch(html, /<i>/, name);
		}
	});
});

describe("What a link may open", () => {
	const address = (scheme: string): string => `${scheme}://example.com/a`;

	it("is an http or https address in the view, of all schemes", () => {
		const open = schemeNames.filter((scheme) => openableUrl(address(scheme)) !== undefined);
		assert.deepEqual(open, openableSchemes);
	});

	it("is the same to the host, which does not rely on the view", () => {
		const open = schemeNames.filter(
			(scheme) => v.safeParse(chatIntentSchema, { type: "openLink", url: address(scheme) }).success,
		);
		assert.deepEqual(open, openableSchemes);
	});
});
