import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {import("./benchmarks.mjs").StartFigures} figures
 * @param {readonly { file: string, bytes: number }[]} bundles
 * @returns {string} Markdown
 */
export function startReport({ rounds, openings, typing, loop }, bundles) {
	const { ours, empty } = openings;
	/** @type {(title: string, figure: keyof typeof ours, longest?: keyof typeof ours) => string[]} */
	const row = (title, figure, longest) => {
		const own = ours[figure];
		const other = empty[figure];
		/** @type {(of: typeof ours) => string} */
		const cell = (of) => ms(of[figure]) + (longest ? ` (longest ${ms(of[longest])})` : "");
		return [
			title,
			cell(ours),
			cell(empty),
			ms(own - other),
			other === 0 ? "" : (own / other).toFixed(2),
		];
	};
	/** @type {(title: string, delays: import("./benchmarks.mjs").LoopDelays) => string[]} */
	const delays = (title, { p50Ms, p99Ms, maxMs }) => [title, ms(p50Ms), ms(p99Ms), ms(maxMs)];
	return `By turns ours and an extension whose view holds a text box and nothing else are opened from the palette, ${rounds} times each, in new
windows of a VS Code that Chromium shows and that knows nothing of the windows before. The first opening waits until the machine
has been quiet for a second and a half, for fifteen seconds at most: a window that has just been shown still starts the rest of VS Code. An activation is what VS Code's list of
running extensions says: loading the code and calling \`activate\`, in whole milliseconds. A view counts as open when a text box in
it has the keyboard, which takes what is typed from then on, and as drawn when the composer and all around it is there; later is
where it was hidden before, which ends its page. Medians.

${table(
	["", "Extension", "Empty view", "Difference", "Ratio"],
	[
		row("Activation in the extension host", "activationMs", "longestActivationMs"),
		row("From the command to the open view, first", "firstMs", "longestFirstMs"),
		row("… until all of it is drawn", "firstWholeMs"),
		row("… later", "laterMs", "longestLaterMs"),
		row("… later, until all of it is drawn", "laterWholeMs"),
	],
)}

A key is pressed in the composer ten times a second, with the demo model loaded; each press is a token more. The answers' speed
is what their feet show.

${table(
	["", "Idle", "While an answer is generated"],
	[
		["From a key to the context meter's figure", ms(typing.meterMs), ms(typing.busyMeterMs)],
		[`… 95th percentile of ${typing.keys} keys`, ms(typing.meterP95Ms), ms(typing.busyMeterP95Ms)],
		["Tokens per second without typing", "", String(typing.tokensPerSecond)],
		["… with typing", "", String(typing.typedTokensPerSecond)],
		["… ratio", "", percent(typing.typedRatio)],
	],
)}

Delays of the extension host's event loop, seen by a timer of one millisecond, which they include.

${table(
	["", "Median", "99th percentile", "Longest"],
	[
		delays("Idle", loop.idle),
		delays("While the demo model answers", loop.answering),
		delays("Idle, beside a busy program for each core", loop.idleBesideBusy),
		delays("While the demo model answers, beside them", loop.answeringBesideBusy),
	],
)}

${table(
	["Bundle", "Size"],
	bundles.map(({ file, bytes }) => [`\`${file}\``, `${bytes.toLocaleString("en-US")} bytes`]),
)}`;
}
