/** A letter alone would hit ordinary words. */
const shortestName = 2;

/**
 * Takes out of a text for a bug report what tells who wrote it: absolute paths, and the names given, wherever they
 * stand as words of their own.
 */
export function withoutNames(text: string, names: readonly string[]): string {
	const withoutPaths = text
		.replace(/\b[A-Za-z]:[\\/][^\s"'“”)]*/g, "(path)")
		.replace(/(?<![\w.:/)])\/(?:[^\s"'“”)/]+\/)+[^\s"'“”)]*/g, "(path)");
	return names
		.filter((name) => name.length >= shortestName)
		.reduce((rest, name) => rest.replace(wordPattern(name), "(name)"), withoutPaths);
}

function wordPattern(name: string): RegExp {
	const literal = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}
