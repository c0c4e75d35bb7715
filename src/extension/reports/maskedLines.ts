/** The shortest word that is masked. Shorter words reveal nothing, and every line has them. */
const shortestWord = 4;

/** Words of llama.cpp, ggml, and Node that are never masked, so that reports remain useful. */
const engineWords = new Set(
	[
		"abort aborted address alloc allocate allocated allocation assert backend batch block buffer bytes cache",
		"cannot compute context could cuda decode device does driver error exception exit failed failure fatal file",
		"ggml gguf graph handled illegal instruction invalid kernel layer layers line llama load loading loaded",
		"memory metal model native node null offset output outside process pointer range release required runtime",
		"segmentation segfault server signal size stack state stream system tensor tensors thread token tokens type",
		"unable unexpected unhandled unknown unsupported value version vulkan weight weights with",
	].flatMap((line) => line.split(" ")),
);

/**
 * Masks possible words of a conversation in the output of a program: words of four or more letters that also occur in
 * `texts`, except for the program's own.
 */
export function maskedLines(lines: readonly string[], texts: readonly string[]): string[] {
	const said = new Set(texts.flatMap(wordsOf));
	return lines.map((line) =>
		line
			.replace(/[\p{L}\p{N}]+/gu, (word) => {
				const key = word.toLowerCase();
				return key.length >= shortestWord && said.has(key) && !engineWords.has(key) ? "…" : word;
			})
			.replace(/…(?:[^\p{L}\p{N}\n]*…)+/gu, "…"),
	);
}

function wordsOf(text: string): readonly string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
