/** Bits per weight at which a model loses little quality and still runs on most machines. */
export const wantedBits = 4.5;

/** Bits per weight of llama.cpp's quantizations, averaged over a model of several billion parameters. */
const bits: readonly (readonly [pattern: RegExp, bits: number])[] = [
	[/^FP?32$/, 32],
	[/^(?:BF|FP?)16$/, 16],
	[/^FP?8/, 8],
	[/^NVFP4/, 4.5],
	[/^MXFP4/, 4.25],
	[/^IQ1/, 1.8],
	[/^TQ1/, 1.7],
	[/^TQ2/, 2.1],
	[/^IQ2/, 2.5],
	[/^Q2_K_X?L/, 3.2],
	[/^Q2/, 3],
	[/^IQ3/, 3.5],
	[/^Q3_K_X?L/, 4.2],
	[/^Q3/, 3.8],
	[/^IQ4_XS/, 4.3],
	[/^Q4_K_S|^I?Q4_(?:0|NL|KSS?)/, 4.6],
	[/^I?Q4/, 4.9],
	[/^I?Q5/, 5.6],
	[/^I?Q6/, 6.6],
	[/^I?Q8_K/, 9],
	[/^I?Q8/, 8.5],
];

/** Returns the approximate bits per weight; `undefined` for an unknown quantization. */
export function bitsOf(quantization: string | undefined): number | undefined {
	const name = quantization?.toUpperCase().replace(/^(?:UD|I\d)-/, "") ?? "";
	return bits.find(([pattern]) => pattern.test(name))?.[1];
}
