import { language } from "./catalog";

/** Formatters by kind, language, and options. They are cached because creating one takes as long as a hundred uses. */
const made = new Map<string, unknown>();

function kept<Formatter, Options>(
	Kind: new (language: string, options?: Options) => Formatter,
	options?: Options,
): Formatter {
	const key = JSON.stringify([Kind.name, language(), options]);
	const known = made.get(key) as Formatter | undefined;
	const formatter = known ?? new Kind(language(), options);
	made.set(key, formatter);
	return formatter;
}

/** Returns a number as the display language writes it: "8,192", "8.192". */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
	return kept(Intl.NumberFormat, options).format(value);
}

/** Returns a moment as the display language writes it. */
export function formatDate(epochMs: number, options: Intl.DateTimeFormatOptions): string {
	return kept(Intl.DateTimeFormat, options).format(epochMs);
}

/** Returns "a, b, and c", or "a, b, or c" as a `disjunction`, in the display language. */
export function formatList(
	items: readonly string[],
	type: "conjunction" | "disjunction" = "conjunction",
): string {
	return kept(Intl.ListFormat, { type }).format(items);
}

/** Returns the plural category of a count in the display language: for English, `one` or `other`. */
export function pluralCategory(count: number): Intl.LDMLPluralRule {
	return kept(Intl.PluralRules).select(count);
}
