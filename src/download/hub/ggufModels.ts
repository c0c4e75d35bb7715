import type { NamedFile, GgufFileSet } from "./ggufFileSet";
import {
	isGgufName,
	kindInName,
	parseSplitPart,
	possibleKindInName,
} from "../../protocol/download/modelFileName";
import { bitsOf, wantedBits } from "../../protocol/download/quantizationBits";
import { labelOf } from "./quantizationLabels";

/** The most weights that a draft model or an adapter has, as a share of the weights of its main model. */
const accessoryShare = 0.4;

/**
 * Finds the chat models among `files` and joins their parts. Leaves out models with missing parts.
 *
 * Accessories are recognized by name and relative size. If only accessories would be found, their names are ignored:
 * reading the header shows later what a file contains.
 */
export function findGgufModels<F extends NamedFile>(files: readonly F[]): GgufFileSet<F>[] {
	const all = joinParts(files.filter(({ name }) => isGgufName(name)));
	const named = all.filter(({ parts: [first] }) => kindInName(first?.name ?? "") === undefined);
	const models = named.filter((model) => !isAccessory(model, named));
	return models.length > 0 ? models : all;
}

function joinParts<F extends NamedFile>(files: readonly F[]): GgufFileSet<F>[] {
	const groups = new Map<string, { readonly count: number; readonly parts: F[] }>();
	for (const file of files) {
		const part = parseSplitPart(file.name);
		const key = part ? `${part.stem}/${part.count}` : file.name;
		const group = groups.get(key) ?? { count: part?.count ?? 1, parts: [] };
		group.parts.push(file);
		groups.set(key, group);
	}
	return [...groups.values()]
		.filter(({ count, parts }) => parts.length === count)
		.map(({ parts }) => {
			const sorted = parts.sort((a, b) => (a.name < b.name ? -1 : 1));
			return { quantization: labelOf(sorted[0]?.name ?? ""), parts: sorted, bytes: sizeOf(sorted) };
		});
}

/** Returns whether a model is named like an accessory and has far fewer weights than a model that is not. */
function isAccessory(
	model: GgufFileSet<NamedFile>,
	others: readonly GgufFileSet<NamedFile>[],
): boolean {
	const isNamedSo = ({ parts: [first] }: GgufFileSet<NamedFile>): boolean =>
		possibleKindInName(first?.name ?? "") !== undefined;
	const weights = weightsOf(model);
	return (
		weights !== undefined &&
		isNamedSo(model) &&
		others.some((other) => !isNamedSo(other) && weights < accessoryShare * (weightsOf(other) ?? 0))
	);
}

/** Returns the approximate number of weights of a model. */
function weightsOf({ bytes, quantization }: GgufFileSet<NamedFile>): number | undefined {
	return bytes && (8 * bytes) / (bitsOf(quantization) ?? wantedBits);
}

function sizeOf(parts: readonly NamedFile[]): number | undefined {
	return parts.reduce<number | undefined>(
		(sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
		0,
	);
}
