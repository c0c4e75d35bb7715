import type { HostileFragment } from "../support/hostile/hostileFragment";
import { emptyViewState } from "../../src/webview/state/viewState";
import { beginningAnswer, wordsEverywhere } from "../support/hostile/wordsEverywhere";
import { chatViewPage } from "./chatViewPage";
import { type Harm, PageWatch } from "./pageWatch";

/** The result of drawing hostile words. */
export interface WordsExamination extends Harm {
	/** The number of elements, or of states of a growing answer, that were examined. */
	readonly looks: number;
	/** Texts whose view has a different structure than that of harmless words, with the difference. */
	readonly builtOtherwise: readonly string[];
	/** Texts that no place shows unchanged, and places that change texts. */
	readonly changed: readonly string[];
	/** Shown texts that are not part of the test. */
	readonly unknown: readonly string[];
}

/** Attributes whose values are words. */
const wording = new Set(["title", "aria-label", "data-turn-id"]);
const watch = new PageWatch();

/** The part of the test of hostile words outside Markdown that runs in the page. */
export const hostileChatPage = {
	/** Opens a view with the texts in every place that can show untrusted words. */
	async examineEverywhere(fragments: readonly HostileFragment[]): Promise<WordsExamination> {
		const texts = fragments.map(({ text }) => text);
		const harmless = await draw(texts.map(harmlessLike));
		const hostile = await draw(texts);
		const shown = new Set(shownTexts());
		watch.clickAll(document.body);
		return {
			...(await watch.end()),
			looks: document.querySelectorAll("chat-app *").length,
			builtOtherwise: difference(texts.join("\n"), harmless, hostile),
			changed: [...new Set([...texts, texts.join("\n")])].filter((text) => !shown.delete(text)),
			unknown: [...shown],
		};
	},

	/** Lets an answer and its thoughts grow by each character of the texts. */
	async examineGrowing(fragments: readonly HostileFragment[]): Promise<WordsExamination> {
		const all = fragments.map(({ text }) => text).join("\n");
		await chatViewPage.open(beginningAnswer());
		const built = new Set<string>();
		for (let offset = 0; offset < all.length; offset += 1) {
			for (const channel of ["thought", "reply"] as const) {
				const text = all.charAt(offset);
				chatViewPage.port.publish({ type: "textAppended", turnId: "a", channel, offset, text });
			}
			await watch.rest();
			built.add(structureOf(document.querySelector("assistant-message")));
		}
		const [first = "", ...others] = built;
		return {
			...(await watch.end()),
			looks: all.length,
			builtOtherwise: others.flatMap((other) => difference(all, first, other)),
			changed: [".thinking-text", ".plain-text"].filter(
				(place) => document.querySelector(place)?.textContent !== all,
			),
			unknown: [],
		};
	},
};

async function draw(texts: readonly string[]): Promise<string> {
	await chatViewPage.open(wordsEverywhere(texts), {
		...emptyViewState,
		draft: texts.join("\n"),
	});
	// Complete answers are drawn in slices.
	while (
		document.querySelectorAll(".plain-text").length <
		document.querySelectorAll("answer-text").length
	) {
		await chatViewPage.drawn();
	}
	return structureOf(document.querySelector("chat-app"));
}

/** Returns harmless words of the same length and with the same white space. */
function harmlessLike(text: string): string {
	return text.replace(/\S/g, "x");
}

/** Returns the texts that the view shows. */
function shownTexts(): string[] {
	const places = ".user-text, .system-text, .thinking-text, .plain-text, .chip-name";
	return [...document.querySelectorAll(places)].map(({ textContent }) => textContent);
}

/** Returns every element with its attributes, without the words. */
function structureOf(root: Element | null): string {
	if (!root) {
		return "nothing";
	}
	const attributes = [...root.attributes].map(({ name, value }) =>
		wording.has(name) ? name : `${name}="${value}"`,
	);
	const inside = [...(root.shadowRoot?.children ?? []), ...root.children].map(structureOf);
	return `<${[root.localName, ...attributes].join(" ")}>${inside.join("")}</>`;
}

function difference(text: string, harmless: string, hostile: string): string[] {
	return harmless === hostile ? [] : [`${text}\nis built as\n${hostile}\nand not as\n${harmless}`];
}

Object.assign(window, { hostileChatPage });
