import type { ChatState, TurnOutcome } from "../../../src/protocol/chat/chat";
import type { InferenceFailure } from "../../../src/protocol/failure";
import type { ModelStatus } from "../../../src/protocol/inference/model";
import { emptyViewState, type ViewState } from "../../../src/webview/state/viewState";
import {
	readyModel,
	answerStats,
	chatState,
	contextUse,
	crash,
	endedTurn,
	preparingTurn,
	runningTurn,
	selectionChip,
	settingsState,
	thinkingModel,
	userTurn,
} from "./chatStates";

/** A state of the view. */
export interface NamedViewState {
	/** Also names its pictures. */
	readonly name: string;
	readonly chat: ChatState;
	/** What an earlier page of the view left. */
	readonly kept?: ViewState;
	/** A selector for what is drawn last. */
	readonly drawnLast?: string;
	/** The button that leads into the state when pressed. */
	readonly press?: string;
}

const title = "How do I add two numbers?";
const question = userTurn("q1", title);
const answer = endedTurn("a1", "With `+`: **1 + 2** is 3.");
const talk = chatState({ title, turns: [question, answer] });
const longMarkdown = `# Adding numbers

Some words with \`code\`, a [link](https://example.com/page) and **bold text**.

- one
- two
  1. nested

> A quotation of a sentence.

| Language | How | Result |
|---|:-:|--:|
| Python | \`1 + 2\` | 3 |
| TypeScript | \`1 + 2\` | 3 |

\`\`\`ts
// Adds.
export function add(left: number, right = 1): number {
	console.log("Adding", 42, null, /and/u);
	return left + right; // ${"a long comment ".repeat(8)}
}
\`\`\`

\`\`\`diff
+added
-deleted
\`\`\`

### The end
`;
const talkMuch = chatState({
	title:
		"A title that is much too long for a side bar, and for most editors, too, when they are split",
	turns: [question, endedTurn("a1", longMarkdown)],
});
const downloading: ModelStatus = {
	kind: "downloading",
	name: "Llama-3.2-3B-Instruct",
	progress: {
		receivedBytes: 2e8,
		totalBytes: 2e9,
		bytesPerSecond: 1e7,
		activity: "receiving",
	},
};
const loading: ModelStatus = { kind: "loading", name: "tiny-chat", fraction: 0.4 };
const queued = {
	turnId: "q2",
	text: "And in Python?\nWith a function, please.\nThree lines.",
	attachments: [selectionChip],
};

function ended(name: string, outcome: TurnOutcome, reply = "With plus: 1 and"): NamedViewState {
	return {
		name,
		chat: chatState({ title, turns: [question, endedTurn("a1", reply, outcome)] }),
	};
}

function refused(name: string, failure: InferenceFailure): NamedViewState {
	return {
		name,
		chat: chatState({ refusal: { turnId: "t", text: title, failure } }),
		kept: { ...emptyViewState, draft: title },
	};
}

/** Every state of the view that looks or reads differently. */
export const viewStates: readonly NamedViewState[] = [
	{ name: "empty", chat: chatState() },
	{
		name: "empty-no-editor",
		chat: chatState({ codeSource: { name: undefined, isReading: false } }),
	},
	{
		name: "empty-no-model",
		chat: chatState({ model: { kind: "unloaded", name: "No model", detail: "", gpu: "auto" } }),
	},
	{ name: "loading", chat: chatState({ chatId: "", access: { kind: "loading" } }) },
	{
		name: "running-waiting",
		chat: chatState({
			title,
			turns: [
				question,
				runningTurn("a1", "", { state: { kind: "running", progress: { kind: "waiting" } } }),
			],
		}),
	},
	{
		name: "running-downloading",
		chat: chatState({ title, turns: [question, preparingTurn("a1")], model: downloading }),
	},
	{
		name: "running-loading",
		chat: chatState({ title, turns: [question, preparingTurn("a1")], model: loading }),
	},
	{
		name: "running-prefill",
		chat: chatState({
			title,
			turns: [
				question,
				runningTurn("a1", "", {
					state: {
						kind: "running",
						progress: { kind: "prefill", doneTokens: 45, totalTokens: 100 },
					},
				}),
			],
		}),
	},
	{
		name: "running-decoding",
		chat: chatState({
			title,
			turns: [question, answer, userTurn("q2", "And in Python?"), runningTurn("a2", "In Pyth")],
		}),
	},
	{
		name: "running-out-of-sight",
		chat: chatState({
			title,
			turns: [question, runningTurn("a1", "With", { startedAtMs: 0 })],
			settings: settingsState({ streaming: false }),
		}),
	},
	{
		name: "thinking",
		chat: chatState({
			title,
			model: thinkingModel,
			turns: [question, runningTurn("a1", "", { thought: "Numbers…" })],
		}),
	},
	{
		name: "formulas-and-scripts",
		chat: chatState({
			title: "مساحة الدائرة",
			turns: [
				userTurn("q1", "ما هي مساحة الدائرة؟"),
				endedTurn(
					"a1",
					[
						"مساحة الدائرة هي \\(A = \\pi r^2\\).",
						"\\[\\int_0^1 x^2\\,dx = \\frac{1}{3}\\]",
						"- أولاً\n- ثانياً",
						"```python\narea = pi * r ** 2  # مساحة\n```",
						"The same in English: $$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$",
						"```mermaid\ngraph TD\n  A --> B\n```",
					].join("\n\n"),
				),
			],
		}),
	},
	{
		name: "thought",
		chat: chatState({
			title,
			turns: [question, { ...answer, thought: "Numbers can be added.", thoughtDurationMs: 4200 }],
		}),
	},
	{ name: "complete", chat: talk },
	{ name: "long-answer", chat: talkMuch, drawnLast: ".hljs-deletion" },
	{
		name: "plain-text",
		chat: { ...talkMuch, settings: settingsState({ markdown: false }) },
	},
	{
		name: "attachments",
		chat: chatState({
			title,
			turns: [{ ...question, attachments: [selectionChip] }, answer],
			attachments: [{ ...selectionChip, id: "chip-2", scope: "symbol" }],
			codeSource: { name: "helpers.ts", isReading: true },
		}),
		kept: { ...emptyViewState, draft: "And this?" },
	},
	{
		name: "pasted",
		chat: chatState({
			attachments: [
				{
					...selectionChip,
					id: "chip-3",
					label: "Pasted text, 10,000 lines",
					scope: "pasted",
					path: "Pasted text",
				},
			],
		}),
	},
	{
		name: "trimmed",
		chat: chatState({
			title,
			turns: [question, answer, userTurn("q2", "More"), endedTurn("a2", "More.")],
			visibleFrom: "q2",
			settings: settingsState({ systemPrompt: "You are helpful.\nAnd brief." }),
		}),
	},
	ended("stopped", { kind: "stopped", stats: answerStats }),
	ended("stopped-early", { kind: "stopped", stats: undefined }, ""),
	ended("max-tokens", { kind: "maxTokens", maxTokens: 2048, stats: answerStats }),
	ended("context-full", { kind: "contextFull", contextTokens: 512, stats: answerStats }),
	ended("interrupted", { kind: "interrupted" }),
	ended("crashed", { kind: "failed", failure: crash }),
	ended("failed-without-text", { kind: "failed", failure: crash }, ""),
	{
		name: "failed-earlier",
		chat: chatState({
			title,
			turns: [
				question,
				endedTurn("a1", "Wi", { kind: "failed", failure: crash }),
				userTurn("q2", "And now?"),
				endedTurn("a2", "Now it works."),
			],
		}),
	},
	refused("refused", { kind: "modelNotChosen" }),
	refused("refused-too-long", {
		kind: "messageTooLong",
		tokens: 900,
		limitTokens: 448,
		contextTokens: 512,
		trainedContextTokens: 8192,
	}),
	{
		name: "queued",
		chat: chatState({ title, turns: [question, runningTurn("a1", "With")], queued }),
		kept: { ...emptyViewState, draft: "Yet another one" },
	},
	{
		name: "queued-at-rest",
		chat: chatState({
			title,
			turns: [question, endedTurn("a1", "With", { kind: "stopped", stats: answerStats })],
			queued,
		}),
	},
	{
		name: "editing",
		chat: {
			...talk,
			turns: [{ ...question, attachments: [selectionChip] }, answer],
		},
		kept: {
			...emptyViewState,
			edits: [{ editedId: "q1", text: "How do I add three numbers?", sentAs: undefined }],
		},
	},
	{
		name: "editing-empty",
		chat: talk,
		kept: { ...emptyViewState, edits: [{ editedId: "q1", text: "", sentAs: undefined }] },
	},
	{
		name: "versions",
		chat: { ...talk, versions: { q1: ["q0", "q1"], a1: ["a0", "a1", "a2"] } },
	},
	{
		name: "versions-running",
		chat: chatState({
			title,
			turns: [question, runningTurn("a1", "With")],
			versions: { q1: ["q0", "q1"], a1: ["a0", "a1"] },
		}),
	},
	{ name: "cleared", chat: chatState({ undoable: { kind: "clear" } }) },
	{ name: "deleted", chat: { ...talk, undoable: { kind: "deleteTurns", count: 2 } } },
	{
		name: "answered-elsewhere",
		chat: chatState({
			title,
			turns: [question, runningTurn("a1", "With")],
			access: { kind: "answeredElsewhere" },
		}),
	},
	{ name: "newer-version", chat: { ...talk, access: { kind: "newerVersion", version: 9 } } },
	{
		name: "notices",
		chat: {
			...talk,
			notices: [
				{ kind: "damaged", lostRecords: 3, keptAt: "/chats/damaged.jsonl" },
				{ kind: "notSaved", code: "ENOSPC" },
			],
			undoable: { kind: "deleteTurns", count: 1 },
		},
	},
	{
		name: "template-stand-in",
		chat: {
			...talk,
			model: {
				...readyModel,
				info: {
					...readyModel.info,
					templateStandIn: {
						problem: { kind: "unusable", reason: "Unknown filter: fold" },
						format: "ChatML",
					},
				},
			},
		},
	},
	{
		name: "context",
		chat: { ...talk, contextUse },
		press: "Context 25%: 2,048 of 8,192 tokens",
	},
	{
		name: "context-nearly-full",
		chat: {
			...talk,
			attachments: [selectionChip],
			contextUse: {
				...contextUse,
				historyTokens: 6_000,
				longestAttachmentId: selectionChip.id,
			},
		},
	},
	{
		name: "context-full",
		chat: { ...talk, contextUse: { ...contextUse, historyTokens: 7_200 } },
	},
	{
		name: "context-dropped",
		chat: { ...talk, visibleFrom: "a1", contextUse },
	},
	{
		name: "message-too-long",
		chat: { ...talk, contextUse: { ...contextUse, draftTokens: 9_000, draftLength: title.length } },
		kept: { ...emptyViewState, draft: title },
	},
	{
		name: "system-prompt-too-long",
		chat: { ...talk, contextUse: { ...contextUse, systemTokens: 9_000 } },
	},
	{ name: "settings", chat: talk, press: "Settings" },
	{
		name: "settings-overridden",
		chat: {
			...talk,
			settings: { ...settingsState(), overriddenByWorkspace: ["systemPrompt", "streaming"] },
		},
		press: "Settings",
	},
];
