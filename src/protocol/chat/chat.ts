import type { ChatId, TurnId, AttachmentId } from "./ids";
import type { ContextUse } from "./contextUse";
import type { InferenceFailure } from "../failure";
import type { ModelStatus } from "../inference/model";
import type { Thinking } from "./thinking";

/**
 * What a piece of attached code is: a selection, the symbol around the cursor, a notebook's cell, or the whole file; or
 * text that was pasted and is too long to stand in the textbox.
 */
export type AttachmentScope = "selection" | "symbol" | "cell" | "file" | "pasted";

/** A piece of attached code as the view sees it; the code itself stays with the host. */
export interface AttachmentChip {
	readonly id: AttachmentId;
	/** "math.ts:3-5", "analysis.ipynb, cell 3" */
	readonly label: string;
	readonly scope: AttachmentScope;
	/** Path as the workspace shows it, for the tooltip. */
	readonly path: string;
	readonly languageId: string;
}

/** The editor whose code can be attached. */
export interface CodeSource {
	/** “math.ts”; `undefined` if there is none. */
	readonly name: string | undefined;
	/** Its code is being read: the chip is on its way. */
	readonly isReading: boolean;
}

export interface UserTurn {
	readonly role: "user";
	readonly id: TurnId;
	readonly text: string;
	readonly attachments: readonly AttachmentChip[];
}

/** Measured by the inference process for one answer. */
export interface AnswerStats {
	/** Tokens of the prompt, and how many of them had to be evaluated because the context did not hold them. */
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	/** Tokens of the answer, thoughts included. */
	readonly answerTokens: number;
	/** From the request's arrival to the first token. */
	readonly firstTokenMs: number;
	/** From the prompt's evaluation, all but its last token, to the last token of the answer. */
	readonly decodeMs: number;
}

/** How an answer ended. `stats` is missing where no token came, or where another program generated the answer. */
export type TurnOutcome =
	| { readonly kind: "complete"; readonly stats: AnswerStats | undefined }
	| { readonly kind: "stopped"; readonly stats: AnswerStats | undefined }
	| { readonly kind: "maxTokens"; readonly maxTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "contextFull"; readonly contextTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "failed"; readonly failure: InferenceFailure }
	/** The window that generated it was gone before its end. */
	| { readonly kind: "interrupted" };

/** What the host is doing for an answer that has no outcome yet. */
export type AnswerProgress =
	/** Another conversation's answer comes first. */
	| { readonly kind: "waiting" }
	/** The model is on its way: `ChatState.model` tells how far. */
	| { readonly kind: "preparing" }
	/** The prompt is being evaluated. */
	| { readonly kind: "prefill"; readonly doneTokens: number; readonly totalTokens: number }
	| { readonly kind: "decoding" };

export interface AssistantTurn {
	readonly role: "assistant";
	readonly id: TurnId;
	/** Epoch milliseconds. */
	readonly startedAtMs: number;
	/** What a reasoning model thought; never part of the reply, never sent back as history. */
	readonly thought: string;
	/** How long it thought; `undefined` while it thinks or when it did not. */
	readonly thoughtDurationMs: number | undefined;
	readonly reply: string;
	readonly state:
		| { readonly kind: "running"; readonly progress: AnswerProgress }
		| { readonly kind: "ended"; readonly outcome: TurnOutcome };
}

export type Turn = UserTurn | AssistantTurn;

/** The settings that the chat's own dialog shows. */
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
	/** In force here. */
	readonly effective: ChatSettings;
	/** At user level, which is what the dialog edits. */
	readonly user: ChatSettings;
	/** Keys whose user value a workspace's settings override. */
	readonly overriddenByWorkspace: readonly (keyof ChatSettings)[];
	/** `localLlm.thinking`, in force here. */
	readonly thinking: Thinking;
}

/** A message that was taken back before the model saw it. Its text belongs in the composer again. */
export interface Refusal {
	readonly turnId: TurnId;
	readonly text: string;
	/** `undefined`: the user stopped it. */
	readonly failure: InferenceFailure | undefined;
}

/** A message that waits for the end of the running answer. */
export interface QueuedMessage {
	readonly turnId: TurnId;
	readonly text: string;
	readonly attachments: readonly AttachmentChip[];
}

/** Whether the conversation can be written on from this window. */
export type ChatAccess =
	| { readonly kind: "open" }
	/** Its file is being read. */
	| { readonly kind: "loading" }
	/** Another window generates an answer in it, and shows up here as it grows. */
	| { readonly kind: "answeredElsewhere" }
	/** Its file was written by a newer version of the extension, and is only read. */
	| { readonly kind: "newerVersion"; readonly version: number };

/** What a person must know of the conversation's file. */
export type ChatNotice =
	/** Parts of the file could not be read; the damaged file lies at `keptAt`. */
	| { readonly kind: "damaged"; readonly lostRecords: number; readonly keptAt: string }
	/** What was said last is not on disk yet; it is tried again. `code`: "ENOSPC", "EACCES"… */
	| { readonly kind: "notSaved"; readonly code: string };

/** What was taken from the conversation a moment ago and can be had back. */
export type Undoable =
	{ readonly kind: "clear" } | { readonly kind: "deleteTurns"; readonly count: number };

/** What a view draws of the conversation itself: one path through its tree of turns. */
export interface ChatPath {
	readonly chatId: ChatId;
	/** Empty while nothing was said. */
	readonly title: string;
	/** From the first message to the head. */
	readonly turns: readonly Turn[];
	/** Of each turn shown that has other versions: the ids of all of them, itself included, oldest first. */
	readonly versions: Readonly<Record<TurnId, readonly TurnId[]>>;
	readonly queued: QueuedMessage | undefined;
	readonly access: ChatAccess;
	readonly notices: readonly ChatNotice[];
}

/** All that a chat view draws. The host owns it; every view holds a replica. */
export interface ChatState extends ChatPath {
	/** The model sees the conversation from this turn on; `undefined`: all of it. */
	readonly visibleFrom: TurnId | undefined;
	/** Code that goes with the next message. */
	readonly attachments: readonly AttachmentChip[];
	readonly codeSource: CodeSource;
	readonly refusal: Refusal | undefined;
	readonly undoable: Undoable | undefined;
	readonly model: ModelStatus;
	/** `undefined` while no model is loaded to count with. */
	readonly contextUse: ContextUse | undefined;
	readonly settings: SettingsState;
}

/** @returns the answer that is being generated, if there is one: it is always the last turn. */
export function runningAnswer(chat: ChatState): AssistantTurn | undefined {
	const last = chat.turns.at(-1);
	return last?.role === "assistant" && last.state.kind === "running" ? last : undefined;
}

/** @returns whether an answer broke off, so that it can go on from where it stopped. */
export function canContinue(turn: Turn): boolean {
	return (
		turn.role === "assistant" &&
		turn.state.kind === "ended" &&
		turn.state.outcome.kind !== "complete" &&
		(turn.reply !== "" || turn.thought !== "")
	);
}
