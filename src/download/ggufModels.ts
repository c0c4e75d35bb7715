import { baseName } from "./modelAddress";

/** A file of a model, on a host or on this machine. */
export interface NamedFile {
	/** With its path, parted by "/". */
	readonly name: string;
}

/** A model among other files: one, or several parts that belong together. */
export interface GgufModel<F extends NamedFile> {
	/** As its file name tells, in upper case: "Q4_K_M", "F16". */
	readonly quantization: string | undefined;
	/** In order; the first is what llama.cpp is given. */
	readonly parts: readonly F[];
}

/** "name-00002-of-00003.gguf" */
const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
const quantizationInName =
	/(?:^|[-_.])((?:I?Q\d|TQ\d|MXFP\d|BF16|F16|F32|FP16|FP32)(?:_[A-Z0-9]+)*)$/i;
/** What lies beside models and is none: eyes of multimodal ones, statistics of quantizing. */
const accessory = /(?:^|[-_.])(?:mmproj|imatrix)/i;
/** What a repository that is named without a quantization should give: the best balance of size and quality first. */
const preferred = ["Q4_K_M", "Q4_K_S", "Q4_0", "Q5_K_M", "Q8_0"];

/** @returns the models among `files`, parts joined; those of which a part is missing are left out. */
export function findGgufModels<F extends NamedFile>(files: readonly F[]): GgufModel<F>[] {
	const groups = new Map<string, { readonly count: number; readonly parts: F[] }>();
	for (const file of files) {
		if (!/\.gguf$/i.test(file.name) || accessory.test(baseName(file.name))) {
			continue;
		}
		const [, stem, , count] = partName.exec(file.name) ?? [];
		const key = stem ?? file.name.replace(/\.gguf$/i, "");
		const group = groups.get(`${key}/${count ?? ""}`) ?? { count: Number(count ?? 1), parts: [] };
		group.parts.push(file);
		groups.set(`${key}/${count ?? ""}`, group);
	}
	return [...groups.values()]
		.filter(({ count, parts }) => parts.length === count)
		.map(({ parts }) => {
			const sorted = parts.sort((a, b) => (a.name < b.name ? -1 : 1));
			return { quantization: quantizationOf(sorted[0]?.name ?? ""), parts: sorted };
		});
}

/** @returns the model of a quantization, or the preferred one where none is named. */
export function chooseModel<F extends NamedFile>(
	models: readonly GgufModel<F>[],
	quantization: string | undefined,
): GgufModel<F> | undefined {
	if (quantization !== undefined) {
		const wanted = quantization.toUpperCase();
		return (
			models.find((model) => model.quantization === wanted) ??
			models.find((model) =>
				stem(model.parts[0]?.name ?? "")
					.toUpperCase()
					.endsWith(wanted),
			)
		);
	}
	return (
		preferred
			.map((name) => models.find((model) => model.quantization === name))
			.find((model) => model !== undefined) ?? models[0]
	);
}

function quantizationOf(file: string): string | undefined {
	return quantizationInName.exec(stem(file))?.[1]?.toUpperCase();
}

/** @returns the name without folders, part number and ending. */
function stem(file: string): string {
	const name = baseName(file);
	return partName.exec(name)?.[1] ?? name.replace(/\.gguf$/i, "");
}
