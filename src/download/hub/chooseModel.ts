import { totalmem } from "node:os";
import { bitsOf, wantedBits } from "../../protocol/download/quantizationBits";
import type { GgufFileSet, NamedFile } from "./ggufFileSet";
import { findLabel } from "./quantizationLabels";

/** The best balance of size and quality, by what most publishers recommend. */
const preferred = ["Q4_K_M", "Q4_K_S", "Q4_0"];
/** From here on weights are as they were trained, which no machine gains from. */
const fullBits = 15;
/** Of the machine's memory, what a model may take: the system needs the rest. */
const modelShare = 0.75;

/** What decides which model of a repository is taken. */
export interface Choice {
	/** "Q4_K_M"; `undefined`: the best one for this machine. */
	readonly quantization: string | undefined;
	/** Whose name the files' names may begin with. */
	readonly repository: string;
	/** What a model may take; of this machine unless given. */
	readonly memoryBytes?: number;
}

interface Rated<F extends NamedFile> {
	readonly model: GgufFileSet<F>;
	/** Of a weight, about; `undefined` where nothing tells. */
	readonly bits: number | undefined;
}

/** @returns the model of a quantization; where none is named, one of about 4.5 bits a weight that fits the machine. */
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

/** @returns the number of weights, by the largest model of which both the size and the quantization are known. */
function estimateParameters(models: readonly GgufFileSet<NamedFile>[]): number | undefined {
	const counts = models.flatMap(({ bytes, quantization }) => {
		const bits = bitsOf(quantization);
		return bytes === undefined || bits === undefined ? [] : [{ bytes, count: (8 * bytes) / bits }];
	});
	return counts.sort((a, b) => b.bytes - a.bytes)[0]?.count;
}

/** @returns the number of weights that a name states: "Qwen3.8-27B-GGUF". */
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
