import type { FoundInstead } from "../protocol/failure";

/** @returns why a path leads to no GGUF, and what to do, in sentences. */
export function describeNotGguf(path: string, found: FoundInstead | undefined): string {
	const again = "Download or copy the model again, or choose another one.";
	switch (found) {
		case "folder":
			return `${path} is a folder. Choose the .gguf file in it.`;
		case "pipe":
		case "device":
			return `${path} is a ${found}, not a file. Choose a .gguf file.`;
		case "nothing":
			return `${path} is empty. ${again}`;
		case "zeros":
			return `${path} holds only zeros at its beginning, like a download that never finished. ${again}`;
		case "gitLfsPointer":
			return `${path} is a Git LFS pointer: a small text that stands for the model. Run “git lfs pull” in its repository and retry, or download the model itself.`;
		case "webPage":
			return `${path} is a web page, not a model: its address may want you to sign in. ${again}`;
		case "archive":
			return `${path} is an archive, not a GGUF model. Unpack it, and choose the .gguf file in it.`;
		case "safetensors":
			return `${path} holds a model in the safetensors format. Download the GGUF form of the model.`;
		case "oldFormat":
			return `${path} holds a model in a format that came before GGUF. Download its GGUF form.`;
		case "other":
		case undefined:
			return /\.gguf$/i.test(path)
				? `${path} is not a GGUF model file, or its beginning is damaged. ${again}`
				: `${path} is not a GGUF model file. Choose a file that ends in .gguf.`;
		default:
			// Of a later version's record.
			return `${path} is not a GGUF model file. ${again}`;
	}
}
