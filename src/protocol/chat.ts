import type { InferenceFailure } from "./failure";
import type { ModelStatus } from "./model";

/** Made by whoever starts the turn: the view for the user's, the host for the answer's. */
export type TurnId = string;
export type AttachmentId = string;

/** What a piece of attached code is called: a selection, the symbol around the cursor, or the whole file. */
export type AttachmentScope = "selection" | "symbol" | "file";

/** A piece of attached code as the view sees it; the code itself stays with the host. */
export interface AttachmentChip {
	readonly id: AttachmentId;
	/** "math.ts:3-5" */
	readonly label: string;
	readonly scope: AttachmentScope;
	/** Path as the workspace shows it, for the tooltip. */
	readonly path: string;
	readonly languageId: string;
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

/** How an answer ended. `stats` is missing where no token came. */
export type TurnOutcome =
	| { readonly kind: "complete"; readonly stats: AnswerStats }
	| { readonly kind: "stopped"; readonly stats: AnswerStats | undefined }
	| { readonly kind: "maxTokens"; readonly maxTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "contextFull"; readonly contextTokens: number; readonly stats: AnswerStats }
	| { readonly kind: "failed"; readonly failure: InferenceFailure };

/** What the host is doing for an answer that has no outcome yet. */
export type AnswerProgress =
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
}

/** A message that was taken back before the model saw it. Its text belongs in the composer again. */
export interface Refusal {
	readonly turnId: TurnId;
	readonly text: string;
	/** `undefined`: the user stopped it. */
	readonly failure: InferenceFailure | undefined;
}

/** All that a chat view draws. The host owns it; every view holds a replica. */
export interface ChatState {
	readonly turns: readonly Turn[];
	/** The model sees the conversation from this turn on; `undefined`: all of it. */
	readonly visibleFrom: TurnId | undefined;
	/** Code that goes with the next message. */
	readonly attachments: readonly AttachmentChip[];
	readonly refusal: Refusal | undefined;
	/** Turns were cleared a moment ago and can be had back. */
	readonly canUndoClear: boolean;
	readonly model: ModelStatus;
	readonly settings: SettingsState;
}

/** @returns the answer that is being generated, if there is one: it is always the last turn. */
export function runningAnswer(chat: ChatState): AssistantTurn | undefined {
	const last = chat.turns.at(-1);
	return last?.role === "assistant" && last.state.kind === "running" ? last : undefined;
}
