import type { Stats } from "node:fs";
import type { FoundInstead } from "../protocol/failure";

/** Enough bytes to recognize a file type. */
export const signatureBytes = 256;

/** Signatures of ZIP (which PyTorch files are), gzip, 7z, xz, and Zstandard. */
const archives = [
	"PK\u0003\u0004",
	"\u001f\u008b",
	"7z\u00bc\u00af",
	"\u00fd7zXZ",
	"(\u00b5/\u00fd",
];

/**
 * Returns what a path leads to if it is not a regular file. Only regular files may be opened: opening a pipe would
 * block.
 */
export function otherThanFile(stats: Stats): FoundInstead | undefined {
	if (stats.isFile()) {
		return undefined;
	}
	if (stats.isDirectory()) {
		return "folder";
	}
	return stats.isFIFO() || stats.isSocket() ? "pipe" : "device";
}

/** Returns the kind of content of a file that is not a GGUF, judged by its first bytes. */
export function whatIsIt(beginning: Buffer): FoundInstead {
	const text = beginning.toString("latin1");
	if (beginning.length === 0) {
		return "nothing";
	}
	if (beginning.every((byte) => byte === 0)) {
		return "zeros";
	}
	if (text.startsWith("version https://git-lfs.github.com/spec/")) {
		return "gitLfsPointer";
	}
	if (/^\s*<(?:!doctype|html|head|\?xml)/i.test(text)) {
		return "webPage";
	}
	if (/^(?:lmgg|fmgg|tjgg|algg)/.test(text)) {
		return "oldFormat";
	}
	if (archives.some((signature) => text.startsWith(signature))) {
		return "archive";
	}
	// Safetensors: an eight-byte length, then JSON.
	if (/^[^]{4}\0{4}\{"/.test(text)) {
		return "safetensors";
	}
	return "other";
}
