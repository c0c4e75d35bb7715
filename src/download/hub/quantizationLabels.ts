import { modelNameOf, quantizationIn } from "../../protocol/download/modelFileName";
import type { GgufFileSet, NamedFile } from "./ggufFileSet";

/** Prefixes of publishers for a variant of the same quantization. */
const variant = /^(?:UD|I\d)-/;
/** The most UTF-16 units of a label, and the most labels, that a message names. */
const longestLabel = 40;
const mostLabels = 200;

/**
 * Returns the quantization in a file's name or, if it has none, in its folder's name: "BF16/model-00001-of-00002.gguf".
 */
export function labelOf(file: string): string | undefined {
	const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
	return quantizationIn(modelNameOf(file)) ?? quantizationIn(folder);
}

/**
 * Finds the model whose whole label is `wanted`, ignoring case: "Quality" does not match "I-Quality". Only the prefix
 * of a variant may be omitted, and only if no model has the label without it: "Q4_K_XL" finds "UD-Q4_K_XL".
 *
 * @param repository the repository's name, with which file names may begin
 */
export function findLabel<F extends NamedFile>(
	models: readonly GgufFileSet<F>[],
	wanted: string,
	repository: string,
): GgufFileSet<F> | undefined {
	const label = wanted.toUpperCase();
	const labels = wholeLabels(models, repository);
	// Checks shorter names first: a suffix makes it another model.
	const shortest = models.toSorted((a, b) => nameOf(a).length - nameOf(b).length);
	return (
		shortest.find((model) => labels.get(model) === label) ??
		shortest.find(({ quantization }) => quantization === label) ??
		shortest.find(({ quantization }) => quantization?.replace(variant, "") === label)
	);
}

/** Returns the label to show after the colon for each model. */
export function labelsOf(
	models: readonly GgufFileSet<NamedFile>[],
	repository: string,
): readonly string[] {
	const labels = wholeLabels(models, repository);
	const named = models.map((model) => model.quantization ?? labels.get(model) ?? nameOf(model));
	return [...new Set(named)]
		.filter((label) => label !== "" && label.length <= longestLabel)
		.sort()
		.slice(0, mostLabels);
}

/** Returns the part of each name that is not common to all of them, in upper case. */
function wholeLabels<F extends NamedFile>(
	models: readonly GgufFileSet<F>[],
	repository: string,
): ReadonlyMap<GgufFileSet<F>, string> {
	const names = models.map((model) => nameOf(model).toUpperCase());
	const own = repository.replace(/[-_.]gguf$/i, "").toUpperCase();
	const [name] = names;
	if (names.length === 1 && name !== undefined && !name.startsWith(own)) {
		return new Map(models.map((model) => [model, lastWords(name)]));
	}
	const common = commonWords(names.length > 1 ? names : [...names, own]);
	return new Map(models.map((model, index) => [model, (names[index] ?? "").slice(common)]));
}

/** Returns the last word of a name with the qualifiers before it: "I-QUALITY". */
function lastWords(name: string): string {
	return /(?:^|[-_.])((?:(?:UD|[A-Z]\d?)[-_.])*[^-_.]+)$/.exec(name)?.[1] ?? name;
}

/**
 * Returns the length of the longest prefix that all names share and that ends between two words, before a quantization.
 */
function commonWords(names: readonly string[]): number {
	const [first = "", ...others] = names;
	const limit = Math.min(
		...names.map((name) => {
			const quantization = quantizationIn(name);
			return quantization === undefined ? name.length : name.lastIndexOf(quantization);
		}),
	);
	const shared = [...first.matchAll(/[-_.]/g)]
		.map(({ index }) => index + 1)
		.filter((end) => {
			const words = first.slice(0, end);
			return others.every((name) => name.startsWith(words) || name === words.slice(0, -1));
		});
	return shared.findLast((end) => end <= limit) ?? 0;
}

function nameOf({ parts: [first] }: GgufFileSet<NamedFile>): string {
	return modelNameOf(first?.name ?? "");
}
