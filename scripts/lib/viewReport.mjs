import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {import("./benchmarks.mjs").ViewFigures} figures
 * @returns {string} Markdown
 */
export function viewReport({ rounds, answers, growth, plain, conversation }) {
	return `The chat view in Chromium draws answers as fast as it can. Each frame adds as much text as at 200 tokens and 60 frames per second.

- The cost of a **frame** is the main thread's time for script, style, and layout.
- **Collections** are V8's full garbage collections. V8 decides when they start, and they take longer the more nodes there are.
- **Memory** is the page's memory after the answer, divided by that of the same text as DOM that marked and DOMPurify built once.

${table(
	[
		"Answer",
		"Frames",
		"95th percentile of a frame",
		"Longest task",
		"… in processor time",
		"… without collections",
		"Memory",
	],
	answers.map((answer) => [
		answer.name,
		answer.frames.toLocaleString("en-US"),
		ms(answer.p95FrameMs),
		ms(answer.longestTaskMs),
		ms(answer.longestTaskCpuMs),
		ms(answer.longestWorkCpuMs),
		answer.memoryRatio.toFixed(2),
	]),
)}

An answer twice as long as the first one takes ${growth.toFixed(2)} times as much processor time.

An answer of ${plain.tokens.toLocaleString("en-US")} tokens of all kinds is drawn by the extension and, alternately, the plain way, which renders and sanitizes the
whole text in every frame, ${rounds} times each. The values are medians; the ratio is the median over the pairs.

${table(
	["", "Extension", "Plain way", "Ratio"],
	[
		["95th percentile of a frame", ms(plain.p95FrameMs), ms(plain.plainP95FrameMs), ""],
		["Total processor time", "", "", percent(plain.totalRatio)],
	],
)}

A chat of ${conversation.turns.toLocaleString("en-US")} turns is opened ${conversation.rounds} times, alternately with an empty one. The values are medians.

${table(
	["Figure", "Value"],
	[
		["From its snapshot to a usable view", ms(conversation.openMs)],
		["… longest task until it is drawn", ms(conversation.longestOpeningTaskMs)],
		[
			`Total cost of a frame while scrolling, 95th percentile of ${conversation.scrolledFrames}`,
			ms(conversation.p95ScrolledFrameMs),
		],
		[
			"Processor time of an answer in it, compared with the same answer in an empty chat",
			percent(conversation.answerRatio),
		],
	],
)}`;
}
