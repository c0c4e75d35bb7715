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

describe("HTML that a model may write", () => {
	it("consists of exactly the frozen list of elements and attributes", () => {
		const actual = [...allowedHtml].map(([tag, names]) => [tag, names.toSorted()] as const);
		assert.deepEqual(
			Object.fromEntries(actual.toSorted()),
			Object.fromEntries([...allowedMarkup].toSorted()),
		);
	});

	it("becomes elements if they are on the frozen list, and text otherwise", () => {
		const through = elementNames.filter((name) => written(`<${name}>`).startsWith("<"));
		assert.deepEqual(through.toSorted(), [...allowedMarkup.keys()].toSorted());
	});

	it("shows a tag as text if it has an attribute that is neither allowed nor silently dropped", () => {
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

	it("loses the names and values of dropped attributes", () => {
		for (const name of droppedAttributes) {
			assert.equal(written(`<b ${name}="x">`), "<b></b>", name);
		}
	});

	it("is literal only inside elements whose content is not HTML", () => {
		const opaque = elementNames.filter((name) => written(`<${name}>&lt;`).includes("&amp;lt;"));
		assert.deepEqual(opaque.toSorted(), opaqueElements.toSorted());
	});

	it("contains no `<` from the source", () => {
		for (const name of elementNames) {
			const html = written(`<${name} title='"<i>"'>`);
			assert.doesNotMatch(html, /<i>/, name);
		}
	});
});

describe("An address that a link may open", () => {
	const address = (scheme: string): string => `${scheme}://example.com/a`;

	it("has the scheme http or https in the view", () => {
		const open = schemeNames.filter((scheme) => openableUrl(address(scheme)) !== undefined);
		assert.deepEqual(open, openableSchemes);
	});

	it("is the same for the host, which does not rely on the view", () => {
		const open = schemeNames.filter(
			(scheme) => v.safeParse(chatIntentSchema, { type: "openLink", url: address(scheme) }).success,
		);
		assert.deepEqual(open, openableSchemes);
	});
});
