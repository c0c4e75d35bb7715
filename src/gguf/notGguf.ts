import type { Stats } from "node:fs";
import type { FoundInstead } from "../protocol/failure";

/** Enough to know what begins so. */
export const signatureBytes = 256;

/** Of zip, which PyTorch's files are, gzip, 7z, xz, and Zstandard. */
const archives = [
	"PK\u0003\u0004",
	"\u001f\u008b",
	"7z\u00bc\u00af",
	"\u00fd7zXZ",
	"(\u00b5/\u00fd",
];

/** @returns what a path leads to in place of a file; `undefined` if it is one. Only a file may be opened: a pipe would wait. */
export function otherThanFile(stats: Stats): FoundInstead | undefined {
	if (stats.isFile()) {
		return undefined;
	}
	if (stats.isDirectory()) {
		return "folder";
	}
	return stats.isFIFO() || stats.isSocket() ? "pipe" : "device";
}

/** @returns what a file that is no GGUF holds, judged by its first bytes. */
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
	// A length of eight bytes, then JSON.
	if (/^[^]{4}\0{4}\{"/.test(text)) {
		return "safetensors";
	}
	return "other";
}
