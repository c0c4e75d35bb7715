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
	return `Our extension and one whose view holds only a text box (“empty view”) are opened from the Command Palette alternately, ${rounds} times
each. Each window is new, in a VS Code that runs in Chromium and remembers no earlier window. The values are medians.

- **Activation** is the time to load the code and call \`activate\`, in whole milliseconds, from VS Code's list of running extensions.
- A view is **open** when its text box has the focus and accepts typing.
- A view is **drawn** when the message box and everything around it are visible.
- The **first opening** waits until the machine has been quiet for a second and a half, but at most fifteen seconds, because a new
  window is still starting the rest of VS Code.
- A **later opening** shows a view that was hidden before. Hiding a view ends its page.

${table(
	["", "Extension", "Empty view", "Difference", "Ratio"],
	[
		row("Activation in the extension host", "activationMs", "longestActivationMs"),
		row("From the command to the open view, first opening", "firstMs", "longestFirstMs"),
		row("… until it is drawn", "firstWholeMs"),
		row("From the command to the open view, later opening", "laterMs", "longestLaterMs"),
		row("… until it is drawn", "laterWholeMs"),
	],
)}

A key is pressed in the message box ten times a second, with the demo model loaded. Each key adds a token. The speed of an answer
is the one shown below it.

${table(
	["", "Idle", "While an answer is generated"],
	[
		["From a key to the context meter's update", ms(typing.meterMs), ms(typing.busyMeterMs)],
		[`… 95th percentile of ${typing.keys} keys`, ms(typing.meterP95Ms), ms(typing.busyMeterP95Ms)],
		["Tokens per second without typing", "", String(typing.tokensPerSecond)],
		["… with typing", "", String(typing.typedTokensPerSecond)],
		["… ratio", "", percent(typing.typedRatio)],
	],
)}

A timer of one millisecond measures the delays of the extension host's event loop. They include that millisecond.

${table(
	["", "Median", "99th percentile", "Longest"],
	[
		delays("Idle", loop.idle),
		delays("While the demo model answers", loop.answering),
		delays("Idle, with one busy program per core", loop.idleBesideBusy),
		delays("While the demo model answers, with the busy programs", loop.answeringBesideBusy),
	],
)}

${table(
	["Bundle", "Size"],
	bundles.map(({ file, bytes }) => [`\`${file}\``, `${bytes.toLocaleString("en-US")} bytes`]),
)}`;
}
