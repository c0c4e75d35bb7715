import { ms, percent, table } from "./benchmarkSection.mjs";

/**
 * @param {import("./benchmarks.mjs").ViewFigures} figures
 * @returns {string} Markdown
 */
export function viewReport({ rounds, answers, growth, plain, conversation }) {
	return `The chat view in Chromium draws answers whose text comes as at 200 tokens per second and 60 frames in a second, as fast as it can.
A frame's cost is script, style and layout of the page's main thread. Collections are V8's of all garbage, which begin when V8
wants and take the longer the more nodes there are. Memory is what the page holds after the answer, to what it holds of the same
text as DOM that marked and DOMPurify built once.

${table(
	[
		"Answer",
		"Frames",
		"95th percentile of a frame",
		"Longest task",
		"… on the processor",
		"… there, but for collections",
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

An answer of twice the first one's length costs ${growth.toFixed(2)} times as much of the processor's time. An answer of ${plain.tokens.toLocaleString("en-US")} tokens of all kinds by turns with the plain
way, which renders and sanitises the whole text in every frame, ${rounds} times each; medians, of the ratio over the pairs:

${table(
	["", "Extension", "Plain way", "Ratio"],
	[
		["95th percentile of a frame", ms(plain.p95FrameMs), ms(plain.plainP95FrameMs), ""],
		["All of it, on the processor", "", "", percent(plain.totalRatio)],
	],
)}

A conversation of ${conversation.turns.toLocaleString("en-US")} turns, ${conversation.rounds} times, by turns with an empty one; medians:

${table(
	["Figure", "Value"],
	[
		["From its snapshot to a view that can be used", ms(conversation.openMs)],
		["… longest task until all of it is drawn", ms(conversation.longestOpeningTaskMs)],
		[
			`All that a frame takes while it is scrolled through, 95th percentile of ${conversation.scrolledFrames}`,
			ms(conversation.p95ScrolledFrameMs),
		],
		[
			"An answer in it to the same one in an empty conversation, on the processor",
			percent(conversation.answerRatio),
		],
	],
)}`;
}
