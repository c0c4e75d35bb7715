import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { demoModel } from "./localModelFixture";

/** Damages a copy of the demo model. @returns its path. */
export async function damagedModel(
	folder: string,
	name: string,
	damage: (model: Buffer) => Buffer,
): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, damage(await readFile(demoModel)));
	return file;
}

/** @returns where in a GGUF the value of a metadata key begins: behind the key and its type. */
export function valueOffset(model: Buffer, key: string): number {
	return model.indexOf(key) + key.length + 4;
}

/** Puts another architecture's name of the same length in the place of "llama". */
export function renameArchitecture(model: Buffer): Buffer {
	model.write("lxama", valueOffset(model, "general.architecture") + 8);
	return model;
}

/** Gives a metadata value a type that no GGUF has. */
export function breakHeader(model: Buffer): Buffer {
	model.writeUInt32LE(99, valueOffset(model, "general.name") - 4);
	return model;
}

/** Renames a tensor that llama.cpp must have, so that only llama.cpp notices. */
export function loseTensor(model: Buffer): Buffer {
	model.write("output_nxrm.weight", model.indexOf("output_norm.weight"));
	return model;
}

/** Makes the model believe it was trained for a context that no machine's memory holds. */
export function claimHugeContext(model: Buffer): Buffer {
	model.writeUInt32LE(2 ** 31, valueOffset(model, "llama.context_length"));
	return model;
}
