import assert from "node:assert/strict";
import "../../../../src/webview/components/liveRegion";
import type { LiveRegionElement } from "../../../../src/webview/components/liveRegion";
import { until } from "../../../support/until";

describe("an announcement to screen readers", () => {
	const longAnswer = Array.from({ length: 2000 }, (_, index) => `Line ${index} of a long answer`);
	let heard: string[];
	let region: LiveRegionElement;

	beforeEach(async () => {
		region = document.createElement("live-region");
		document.body.replaceChildren(region);
		await region.updateComplete;
		heard = [];
		new MutationObserver((changes) => {
			heard.push(
				...changes.flatMap(({ addedNodes }) =>
					[...addedNodes].map((node) => node.textContent ?? ""),
				),
			);
		}).observe(region, { childList: true, subtree: true });
	});

	it("splits a long answer into pieces in order, and puts later announcements after them", async () => {
		region.say(longAnswer.join("\n"));
		region.say("Copied");
		await until("all of it was said", () => heard.at(-1) === "Copied");
		const pieces = heard.slice(0, -1);
		assert.equal(pieces.join(""), longAnswer.join("\n"));
		assert.ok(pieces.length > 20, "not at once");
	});

	it("stays in the page for the next two announcements, and then disappears", async () => {
		region.say(longAnswer.join("\n"));
		region.say("Copied");
		region.say("Stopped");
		await until("all of it was said", () => heard.at(-1) === "Stopped");
		assert.ok(region.textContent.startsWith("Line 0"));
		region.say("The answer has started");
		await until("it was said", () => heard.at(-1) === "The answer has started");
		assert.equal(region.textContent.trim(), "CopiedStoppedThe answer has started");
	});

	it("ends when the view leaves the page", async () => {
		region.say(longAnswer.join("\n"));
		region.remove();
		region.say("The answer has started");
		await until("it was said", () => heard.at(-1) === "The answer has started");
		assert.ok(!heard.join("").includes(longAnswer.at(-1)!), "the rest is not said");
	});
});
