import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { demoModel } from "./localModelFixture";

/** Writes a damaged copy of the demo model. @returns its path */
export async function damagedModel(
	folder: string,
	name: string,
	damage: (model: Buffer) => Buffer,
): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, damage(await readFile(demoModel)));
	return file;
}

/** Returns the position of a metadata value in a GGUF file, after its key and type. */
export function valueOffset(model: Buffer, key: string): number {
	return model.indexOf(key) + key.length + 4;
}

/** Replaces the architecture "llama" with an unknown name of the same length. */
export function renameArchitecture(model: Buffer): Buffer {
	model.write("lxama", valueOffset(model, "general.architecture") + 8);
	return model;
}

/** Gives a metadata value a type that GGUF does not define. */
export function breakHeader(model: Buffer): Buffer {
	model.writeUInt32LE(99, valueOffset(model, "general.name") - 4);
	return model;
}

/** Renames a tensor that only llama.cpp requires, so that only llama.cpp notices. */
export function loseTensor(model: Buffer): Buffer {
	model.write("output_nxrm.weight", model.indexOf("output_norm.weight"));
	return model;
}

/** Makes the model claim a trained context that fits into no machine's memory. */
export function claimHugeContext(model: Buffer): Buffer {
	model.writeUInt32LE(2 ** 31, valueOffset(model, "llama.context_length"));
	return model;
}
