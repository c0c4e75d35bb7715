/** Scripts in current use that are written from right to left (Unicode CLDR, script metadata). */
const rightToLeft = new Set(
	"Adlm Arab Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Perm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Thaa Yezi".split(
		" ",
	),
);

/** Returns the writing direction of a language, such as "ar", "he-IL", or "pt-br". */
export function languageDirection(language: string): "ltr" | "rtl" {
	try {
		const { script } = new Intl.Locale(language).maximize();
		return script !== undefined && rightToLeft.has(script) ? "rtl" : "ltr";
	} catch {
		// `language` is not a valid language tag.
		return "ltr";
	}
}
