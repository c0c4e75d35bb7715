import type {
	AnswerProgress,
	AssistantTurn,
	AttachmentChip,
	ChatState,
	Refusal,
	SettingsState,
	Turn,
	TurnId,
	TurnOutcome,
	UserTurn,
} from "./chat";
import type { ModelStatus } from "./model";

/** Something that happened to the conversation. Host and views apply it with the one reducer in `replica`. */
export type ChatFact =
	/** A user's message was taken, with the code that lay in the composer; its answer is on the way. Ends refusal and undo. */
	| { readonly type: "turnStarted"; readonly user: UserTurn; readonly answer: AssistantTurn }
	/** The last answer is being generated anew in place of a failed one, or that is put back because it could not begin. */
	| { readonly type: "answerRestarted"; readonly answer: AssistantTurn }
	| { readonly type: "progressed"; readonly turnId: TurnId; readonly progress: AnswerProgress }
	/** `offset` is the UTF-16 length of that channel before `text`; a mismatch means a lost event. */
	| {
			readonly type: "textAppended";
			readonly turnId: TurnId;
			readonly channel: TextChannel;
			readonly offset: number;
			readonly text: string;
	  }
	| { readonly type: "thoughtEnded"; readonly turnId: TurnId; readonly durationMs: number }
	| { readonly type: "turnEnded"; readonly turnId: TurnId; readonly outcome: TurnOutcome }
	/** The user turn `refusal.turnId` and its answer are taken back; `attachments` lie in the composer again. */
	| {
			readonly type: "turnRefused";
			readonly refusal: Refusal;
			readonly attachments: readonly AttachmentChip[];
	  }
	| { readonly type: "refusalDismissed" }
	| { readonly type: "contextTrimmed"; readonly visibleFrom: TurnId | undefined }
	| { readonly type: "cleared" }
	/** The undo of `cleared`. */
	| {
			readonly type: "clearUndone";
			readonly turns: readonly Turn[];
			readonly visibleFrom: TurnId | undefined;
	  }
	/** The time for undo is over. */
	| { readonly type: "undoExpired" }
	| { readonly type: "attachmentsChanged"; readonly attachments: readonly AttachmentChip[] }
	| { readonly type: "modelChanged"; readonly model: ModelStatus }
	| { readonly type: "settingsChanged"; readonly settings: SettingsState };

/** What an answer is made of: the reply itself, or the thoughts before it. */
export type TextChannel = "reply" | "thought";

/**
 * What the extension host posts to a chat view. Applied in order, never answered.
 *
 * `revision` counts the facts of one view's channel: previous + 1. A snapshot may set any.
 */
export type ChatEvent =
	| { readonly type: "snapshot"; readonly revision: number; readonly chat: ChatState }
	/** The composer should take the focus; loses nothing when it is lost, so it carries no revision. */
	| { readonly type: "focusRequested" }
	| { readonly type: "fact"; readonly revision: number; readonly fact: ChatFact };
