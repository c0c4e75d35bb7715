import assert from "node:assert/strict";
import { withSection } from "../../../scripts/lib/benchmarkSection.mjs";

const document = "# Benchmarks\n\nHow.\n\n## One\n\n1 ms\n\n## Two\n\n2 ms\n\n### More\n\n3 ms\n";

describe("A section of the benchmarks", () => {
	it("replaces the one with its title, and changes no other", () => {
		assert.equal(withSection(document, "One", "9 ms"), document.replace("1 ms", "9 ms"));
		assert.equal(
			withSection(document, "Two", "9 ms"),
			document.replace("2 ms\n\n### More\n\n3 ms", "9 ms"),
		);
	});

	it("goes to the end if it is new", () => {
		assert.equal(withSection(document, "On", "9 ms\n"), `${document}\n## On\n\n9 ms\n`);
	});

	it("can be written twice with the same result", () => {
		const once = withSection(document, "Three", "9 ms");
		assert.equal(withSection(once, "Three", "9 ms"), once);
	});
});
