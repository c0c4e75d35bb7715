import type { ChatId, TurnId, AttachmentId } from "./ids";
import type { ContextUse } from "./contextUse";
import type { InferenceFailure } from "../failure";
import type { ModelStatus } from "../inference/model";
import type { Thinking } from "./thinking";

/**
 * The kind of an attachment: a selection, the symbol around the cursor, a notebook cell, the whole file, or pasted text
 * that is too long for the text box.
 */
export type AttachmentScope = "selection" | "symbol" | "cell" | "file" | "pasted";

/** An attachment as the view sees it. The host keeps the code. */
export interface AttachmentChip {
	readonly id: AttachmentId;
	/** "math.ts:3-5", "analysis.ipynb, cell 3" */
	readonly label: string;
	readonly scope: AttachmentScope;
	/** The path as the workspace shows it, for the tooltip. */
	readonly path: string;
	readonly languageId: string;
}

/** The editor that code can be attached from. */
export interface CodeSource {
	/** “math.ts”; `undefined` if there is none. */
	readonly name: string | undefined;
	/** Whether its code is being read, so that its chip will soon appear. */
	readonly isReading: boolean;
}

export interface UserTurn {
	readonly role: "user";
	readonly id: TurnId;
	readonly text: string;
	readonly attachments: readonly AttachmentChip[];
}

/** Statistics of one answer, measured by the inference process. */
export interface AnswerStats {
	/** Tokens of the prompt, and how many of them were evaluated because the context did not hold them. */
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	/** Tokens of the answer, including thoughts. */
	readonly answerTokens: number;
	/** From the arrival of the request to the first token. */
	readonly firstTokenMs: number;
	/** From the evaluation of the prompt except its last token to the last token of the answer. */
	readonly decodeMs: number;
}

/** How an answer ended. `stats` is missing if no token was generated, or if another program generated the answer. */
export type TurnOutcome =
	| { readonly kind: "complete"; readonly stats: AnswerStats | undefined }
	| { readonly kind: "stopped"; readonly stats: AnswerStats | undefined }
	| { readonly kind: "maxTokens"; readonly maxTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "contextFull"; readonly contextTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "failed"; readonly failure: InferenceFailure }
	/** The window that was generating it closed before the end. */
	| { readonly kind: "interrupted" };

/** What the host is doing for an answer without an outcome yet. */
export type AnswerProgress =
	/** The answer of another chat comes first. */
	| { readonly kind: "waiting" }
	/** The model is being prepared; `ChatState.model` has the progress. */
	| { readonly kind: "preparing" }
	/** The prompt is being evaluated. */
	| { readonly kind: "prefill"; readonly doneTokens: number; readonly totalTokens: number }
	| { readonly kind: "decoding" };

export interface AssistantTurn {
	readonly role: "assistant";
	readonly id: TurnId;
	/** Epoch milliseconds. */
	readonly startedAtMs: number;
	/**
	 * The thought of a reasoning model. It is not part of the reply, and the model sees it again only when this answer
	 * is continued.
	 */
	readonly thought: string;
	/** How long the model thought; `undefined` while it is thinking, or if it did not think. */
	readonly thoughtDurationMs: number | undefined;
	readonly reply: string;
	readonly state:
		| { readonly kind: "running"; readonly progress: AnswerProgress }
		| { readonly kind: "ended"; readonly outcome: TurnOutcome };
}

export type Turn = UserTurn | AssistantTurn;

/** The settings in the chat's own dialog. */
export interface ChatSettings {
	readonly systemPrompt: string;
	/** 1 to 131072. */
	readonly maxTokens: number;
	/** 0 to 2. */
	readonly temperature: number;
	readonly streaming: boolean;
	readonly markdown: boolean;
}

export interface SettingsState {
	/** The values in effect. */
	readonly effective: ChatSettings;
	/** The values at user level, which the dialog edits. */
	readonly user: ChatSettings;
	/** Keys whose user value is overridden by workspace settings. */
	readonly overriddenByWorkspace: readonly (keyof ChatSettings)[];
	/** The value of `localLlm.thinking` in effect. */
	readonly thinking: Thinking;
}

/** A message that was taken back before the model saw it. Its text returns to the composer. */
export interface Refusal {
	readonly turnId: TurnId;
	readonly text: string;
	/** `undefined` if the user stopped it. */
	readonly failure: InferenceFailure | undefined;
}

/** A message that waits until the running answer ends. */
export interface QueuedMessage {
	readonly turnId: TurnId;
	readonly text: string;
	readonly attachments: readonly AttachmentChip[];
}

/** Whether this window can write to the chat. */
export type ChatAccess =
	| { readonly kind: "open" }
	/** The chat's file is being read. */
	| { readonly kind: "loading" }
	/** Another window is generating an answer in it. The answer appears here as it grows. */
	| { readonly kind: "answeredElsewhere" }
	/** A newer version of the extension wrote the chat's file, so it is read-only. */
	| { readonly kind: "newerVersion"; readonly version: number };

/** A problem with the chat's file that the user needs to know about. */
export type ChatNotice =
	/** Parts of the file could not be read; the damaged file is kept at `keptAt`. */
	| { readonly kind: "damaged"; readonly lostRecords: number; readonly keptAt: string }
	/** The latest changes are not on disk yet; saving is retried. `code`: "ENOSPC", "EACCES"… */
	| { readonly kind: "notSaved"; readonly code: string };

/** The latest deletion, which can be undone. */
export type Undoable =
	{ readonly kind: "clear" } | { readonly kind: "deleteTurns"; readonly count: number };

/** The part of a chat that a view draws: one path through the tree of turns. */
export interface ChatPath {
	readonly chatId: ChatId;
	/** Empty while there are no messages. */
	readonly title: string;
	/** From the first message to the head. */
	readonly turns: readonly Turn[];
	/** For each shown turn that has other versions: the ids of all versions, including itself, oldest first. */
	readonly versions: Readonly<Record<TurnId, readonly TurnId[]>>;
	readonly queued: QueuedMessage | undefined;
	readonly access: ChatAccess;
	readonly notices: readonly ChatNotice[];
}

/** Everything that a chat view draws. The host owns it; every view holds a replica. */
export interface ChatState extends ChatPath {
	/** The first turn that the model sees; `undefined` if it sees all of them. */
	readonly visibleFrom: TurnId | undefined;
	/** The code attached to the next message. */
	readonly attachments: readonly AttachmentChip[];
	readonly codeSource: CodeSource;
	readonly refusal: Refusal | undefined;
	readonly undoable: Undoable | undefined;
	readonly model: ModelStatus;
	/** `undefined` while no model is loaded to count the tokens. */
	readonly contextUse: ContextUse | undefined;
	readonly settings: SettingsState;
}

/** Returns the answer that is being generated, if any. It is always the last turn. */
export function runningAnswer(chat: ChatState): AssistantTurn | undefined {
	const last = chat.turns.at(-1);
	return last?.role === "assistant" && last.state.kind === "running" ? last : undefined;
}

/** Returns whether an answer broke off, so that it can be continued. */
export function canContinue(turn: Turn): boolean {
	return (
		turn.role === "assistant" &&
		turn.state.kind === "ended" &&
		turn.state.outcome.kind !== "complete" &&
		(turn.reply !== "" || turn.thought !== "")
	);
}
