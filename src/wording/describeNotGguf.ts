import type { FoundInstead } from "../protocol/failure";
import { t } from "./localize";

/** Returns why a path is not a GGUF model, and what to do. */
export function describeNotGguf(path: string, found: FoundInstead | undefined): string {
	switch (found) {
		case "folder":
			return t("{0} is a folder. Choose the .gguf file in it.", path);
		case "pipe":
			return t("{0} is a pipe, not a file. Choose a .gguf file.", path);
		case "device":
			return t("{0} is a device, not a file. Choose a .gguf file.", path);
		case "nothing":
			return `${t("{0} is empty.", path)} ${getAgain()}`;
		case "zeros":
			return `${t("{0} begins with zeros only, like an unfinished download.", path)} ${getAgain()}`;
		case "gitLfsPointer":
			return t(
				"{0} is a Git LFS pointer, not the model. Run “git lfs pull” in its repository and retry, or download the model.",
				path,
			);
		case "webPage":
			return `${t("{0} is a web page, not a model. Its address may require you to sign in.", path)} ${getAgain()}`;
		case "archive":
			return t("{0} is an archive. Unpack it, and choose the .gguf file in it.", path);
		case "safetensors":
			return t(
				"{0} is a model in the safetensors format. Download the GGUF version of the model.",
				path,
			);
		case "oldFormat":
			return t("{0} is in a format older than GGUF. Download the GGUF version.", path);
		case "other":
		case undefined:
			return /\.gguf$/i.test(path)
				? `${t("{0} is not a GGUF model, or its beginning is damaged.", path)} ${getAgain()}`
				: t("{0} is not a GGUF model. Choose a file that ends in .gguf.", path);
		default:
			// A kind from a later version.
			return `${t("{0} is not a GGUF model.", path)} ${getAgain()}`;
	}
}

function getAgain(): string {
	return t("Download or copy the model again, or choose another one.");
}
