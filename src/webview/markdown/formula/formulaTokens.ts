import type { MarkedToken, TokenizerExtension } from "marked";
import { type Formula, formulasIn } from "./formulaSource";

/** A formula, in a run of text or on separate lines. */
export interface FormulaToken {
	readonly type: "formula";
	readonly raw: string;
	/** The source with delimiters, shown until the formula is drawn. */
	readonly source: string;
	/** TeX; `undefined` while the formula is incomplete. */
	readonly tex: string | undefined;
	readonly isDisplay: boolean;
}

/** A run of text or a formula. */
export type MarkdownToken = MarkedToken | FormulaToken;

/** Matches the first paragraph of a text, limited in UTF-16 units: a formula on its own lines ends in it. */
const longestBlock = 10_000;

/** The extensions of marked that read formulas. */
interface FormulaExtensions {
	readonly inline: TokenizerExtension["tokenizer"];
	readonly startInline: (rest: string) => number | undefined;
	readonly block: TokenizerExtension["tokenizer"];
	readonly startBlock: (rest: string) => number | undefined;
	/** Masks the formulas of the run in `masked`, which has the same length, from the search for emphasis. */
	readonly mask: (masked: string) => string;
}

/**
 * @param run returns the whole run of text being read; marked passes only the rest of it
 * @param openText the text so far, if more may follow. An unfinished formula at its end is shown as its source, and
 * read as Markdown once it is known not to be a formula.
 */
export function formulaExtensions(
	run: () => string,
	openText: string | undefined,
): FormulaExtensions {
	const isAtEnd = (text: string): boolean => openText?.trimEnd().endsWith(text.trimEnd()) ?? false;
	const runs = new Map<string, readonly Formula[]>();
	const formulasOfRun = (): readonly Formula[] => {
		const text = run();
		let formulas = runs.get(text);
		if (!formulas) {
			formulas = formulasIn(text, isAtEnd(text));
			runs.set(text, formulas);
		}
		return formulas;
	};
	/** A formula alone on its lines is a block, whatever its lines begin with. */
	const blockAt = (source: string, place: number): FormulaToken | undefined => {
		const text = paragraphOf(source, place);
		const indentation = /^ */.exec(text)?.[0].length ?? 0;
		const [formula] = formulasIn(text, isAtEnd(text));
		if (formula?.start !== indentation || !(formula.isDisplay || formula.tex === undefined)) {
			return undefined;
		}
		const [after] = /^[ \t]*(?:\n|$)/.exec(source.slice(place + formula.end)) ?? [];
		return after === undefined
			? undefined
			: token(formula, text, text.slice(0, formula.end) + after);
	};
	return {
		inline: (rest) => {
			const text = run();
			const place = text.length - rest.length;
			const formula = firstFrom(formulasOfRun(), place);
			return formula?.start === place
				? token(formula, text, text.slice(formula.start, formula.end))
				: undefined;
		},
		startInline: (rest) => {
			const place = run().length - rest.length;
			const next = firstFrom(formulasOfRun(), place);
			return next && next.start - place;
		},
		block: (source) => (/^ {0,3}(?:\\\[|\$\$)/.test(source) ? blockAt(source, 0) : undefined),
		startBlock: (rest) => {
			const text = paragraphOf(rest, 0);
			const [line] = /(?<=\n) {0,3}(?:\\\[|\$\$)/.exec(text) ?? [];
			const place = line === undefined ? -1 : text.search(/(?<=\n) {0,3}(?:\\\[|\$\$)/);
			return place >= 0 && blockAt(rest, place) ? place : undefined;
		},
		mask: (masked) => {
			let shown = "";
			let from = 0;
			for (const { start, end } of formulasOfRun()) {
				shown += masked.slice(from, start) + "a".repeat(end - start);
				from = end;
			}
			return shown + masked.slice(from);
		},
	};
}

/** Returns the first one that begins at or after `place`. */
function firstFrom(formulas: readonly Formula[], place: number): Formula | undefined {
	let from = 0;
	let to = formulas.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((formulas[middle]?.start ?? 0) < place) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	return formulas[from];
}

function token({ start, end, tex, isDisplay }: Formula, text: string, raw: string): FormulaToken {
	return { type: "formula", raw, source: text.slice(start, end), tex, isDisplay };
}

/** Returns the text from `place` to the next blank line. */
function paragraphOf(source: string, place: number): string {
	const text = source.slice(place, place + longestBlock);
	const blank = /\n[ \t]*\n/.exec(text);
	return blank ? text.slice(0, blank.index + 1) : text;
}
