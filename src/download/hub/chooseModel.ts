import { totalmem } from "node:os";
import { bitsOf, wantedBits } from "../../protocol/download/quantizationBits";
import type { GgufFileSet, NamedFile } from "./ggufFileSet";
import { findLabel } from "./quantizationLabels";

/** The best balance of size and quality, according to most publishers. */
const preferred = ["Q4_K_M", "Q4_K_S", "Q4_0"];
/** From this width on, weights are unquantized, which no machine benefits from. */
const fullBits = 15;
/** The share of the machine's memory that a model may use; the system needs the rest. */
const modelShare = 0.75;

/** The criteria for choosing a model of a repository. */
export interface Choice {
	/** For example "Q4_K_M"; `undefined` for the best one for this machine. */
	readonly quantization: string | undefined;
	/** The repository's name, with which file names may begin. */
	readonly repository: string;
	/** Memory that a model may use, in bytes; derived from this machine by default. */
	readonly memoryBytes?: number;
}

interface Rated<F extends NamedFile> {
	readonly model: GgufFileSet<F>;
	/** Approximate bits per weight; `undefined` if unknown. */
	readonly bits: number | undefined;
}

/**
 * Returns the model of the given quantization or, if none is given, one of about 4.5 bits per weight that fits the
 * machine.
 */
export function chooseModel<F extends NamedFile>(
	models: readonly GgufFileSet<F>[],
	choice: Choice,
): GgufFileSet<F> | undefined {
	const { quantization, repository, memoryBytes = totalmem() * modelShare } = choice;
	if (quantization !== undefined) {
		return findLabel(models, quantization, repository);
	}
	const parameterCount = estimateParameters(models) ?? parametersIn(repository);
	const rated: readonly Rated<F>[] = models.map((model) => ({
		model,
		bits: bitsPerWeight(model, parameterCount),
	}));
	const quantized = rated.filter(({ bits }) => bits === undefined || bits < fullBits);
	const candidates = quantized.length > 0 ? quantized : rated;
	const fitting = candidates.filter(({ model }) => (model.bytes ?? 0) <= memoryBytes);
	if (fitting.length === 0) {
		return smallest(candidates.map(({ model }) => model));
	}
	for (const name of preferred) {
		const found = fitting.find(({ model }) => model.quantization === name);
		if (found) {
			return found.model;
		}
	}
	const known = fitting.filter(({ bits }) => bits !== undefined);
	if (known.length === 0) {
		const bySize = fitting.toSorted((a, b) => (a.model.bytes ?? 0) - (b.model.bytes ?? 0));
		return bySize[Math.floor(bySize.length / 2)]?.model;
	}
	const distance = ({ bits = Infinity }: Rated<F>): number => Math.abs(bits - wantedBits);
	return known.toSorted((a, b) => distance(a) - distance(b))[0]?.model;
}

function bitsPerWeight(
	{ bytes, quantization }: GgufFileSet<NamedFile>,
	parameterCount: number | undefined,
): number | undefined {
	const bits = bitsOf(quantization);
	return bits === undefined && bytes !== undefined && parameterCount !== undefined
		? (8 * bytes) / parameterCount
		: bits;
}

/** Returns the number of weights, computed from the largest model whose size and quantization are both known. */
function estimateParameters(models: readonly GgufFileSet<NamedFile>[]): number | undefined {
	const counts = models.flatMap(({ bytes, quantization }) => {
		const bits = bitsOf(quantization);
		return bytes === undefined || bits === undefined ? [] : [{ bytes, count: (8 * bytes) / bits }];
	});
	return counts.sort((a, b) => b.bytes - a.bytes)[0]?.count;
}

/** Returns the number of weights that a name states, as "Qwen3.8-27B-GGUF" does. */
function parametersIn(name: string): number | undefined {
	const [, digits, unit] = /(?:^|[-_. ])(\d+(?:\.\d+)?)([BM])(?=[-_. ]|$)/i.exec(name) ?? [];
	return digits === undefined
		? undefined
		: Number(digits) * (unit?.toUpperCase() === "B" ? 1e9 : 1e6);
}

function smallest<F extends NamedFile>(
	models: readonly GgufFileSet<F>[],
): GgufFileSet<F> | undefined {
	return models.toSorted((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0))[0];
}
