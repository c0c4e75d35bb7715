import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { slicesOf } from "../support/markdown/markdownDocuments";
import { chosenSeed, seededRandom } from "../support/random";
import { specificationExamples } from "../support/markdown/specificationExamples";
import type { markdownPage as MarkdownPage } from "./markdownPage";

declare const markdownPage: typeof MarkdownPage;

interface NamedText {
	readonly name: string;
	readonly text: string;
}

interface SlicedText {
	readonly name: string;
	/** Several ways to slice the text, each with all slices in order. */
	readonly slicings: readonly (readonly string[])[];
}

/** SLICINGS=100 slices each example 100 times at random, and also cuts it in two at every position. */
const slicingCount = Number(process.env.SLICINGS ?? 3);
const cutsInTwo = process.env.SLICINGS !== undefined;
const seed = chosenSeed();

const examples = specificationExamples().map(({ specification, number, section, markdown }) => ({
	name: `${specification} ${number}`,
	section: `${specification}, ${section}`,
	text: markdown,
}));

/** A length in UTF-16 units that exceeds what the stream examines as a whole. */
const longLength = 2500;

interface Composition {
	/** The number of texts for each random slicing of an example. */
	readonly count: number;
	/** Composes a text of examples that `draw` returns. */
	readonly compose: (draw: () => NamedText) => NamedText;
}

const compositions: Readonly<Record<string, Composition>> = {
	"two of them": { count: 20, compose: (draw) => joined([draw(), draw()]) },
	"ten of them": { count: 20, compose: (draw) => joined(Array.from({ length: 10 }, draw)) },
	"a hundred of them": { count: 3, compose: (draw) => joined(Array.from({ length: 100 }, draw)) },
	"one of them over and over": {
		count: 2,
		compose: (draw) => {
			const { name, text } = draw();
			return { name, text: text.repeat(Math.ceil(longLength / text.length)) };
		},
	},
};

/** Joins texts with blank lines between them. */
function joined(texts: readonly NamedText[]): NamedText {
	return {
		name: texts.map(({ name }) => name).join(", "),
		text: texts.map(({ text }) => text).join("\n"),
	};
}

function randomSlicings(text: string, count: number, random: () => number): string[][] {
	return Array.from({ length: count }, () => {
		const longest = 1 + Math.floor(random() ** 2 * text.length);
		return [...slicesOf(text, longest, Math.floor(random() * 2 ** 32))];
	});
}

function everyCutInTwo(text: string): string[][] {
	return Array.from(text.slice(1), (_, index) => [text.slice(0, index + 1), text.slice(index + 1)]);
}

describe("Examples of the specifications of Markdown", function () {
	this.timeout(60_000 + 6000 * slicingCount);
	let browser: BrowserPage;

	before(async () => {
		browser = await openBrowserPage("test/browser/markdownPage.ts", "view");
	});

	after(() => browser.close());

	/** Fails if a sliced text ends differently than when it is drawn at once, and reports how often and how. */
	async function otherEndings(texts: readonly SlicedText[]): Promise<readonly string[]> {
		const told: string[] = [];
		for (const { name, slicings } of texts) {
			const others = await browser.page.evaluate((all) => markdownPage.otherEndings(all), slicings);
			const [other] = others;
			if (other) {
				const slices = JSON.stringify(slicings[other.index]);
				const often = `${others.length} of ${slicings.length} slicings, such as ${slices}`;
				told.push(`${name}: ${often},\nend as ${other.drawn}\ninstead of ${other.whole}`);
			}
		}
		return told;
	}

	for (const section of new Set(examples.map((example) => example.section))) {
		const texts = examples.filter((example) => example.section === section);
		it(`end as they do when rendered at once, however they are sliced: ${section} (${texts.length}, SEED=${seed})`, async () => {
			const random = seededRandom(seed);
			const sliced = texts.map(({ name, text }) => ({
				name,
				slicings: [
					[...slicesOf(text, 1, 1)],
					...(cutsInTwo ? everyCutInTwo(text) : []),
					...randomSlicings(text, slicingCount, random),
				],
			}));
			assert.deepEqual(await otherEndings(sliced), []);
		});
	}

	for (const [composed, { count, compose }] of Object.entries(compositions)) {
		it(`end as they do when rendered at once, however they are sliced: ${composed} in a text (SEED=${seed})`, async () => {
			const random = seededRandom(seed);
			const draw = (): NamedText => examples[Math.floor(random() * examples.length)]!;
			const sliced = Array.from({ length: count * slicingCount }, () => {
				const { name, text } = compose(draw);
				return { name, slicings: randomSlicings(text, 4, random) };
			});
			assert.deepEqual(await otherEndings(sliced), []);
		});
	}
});
