import type {
	AnswerProgress,
	AssistantTurn,
	AttachmentChip,
	ChatAccess,
	ChatNotice,
	ChatPath,
	ChatState,
	CodeSource,
	QueuedMessage,
	Refusal,
	SettingsState,
	Turn,
	TurnOutcome,
	Undoable,
	UserTurn,
} from "./chat";
import type { TurnId } from "./ids";
import type { ContextUse } from "./contextUse";
import type { ModelStatus } from "../inference/model";
import type { UnsentText } from "./unsentText";

/** A change of the chat's state. The host and the views apply it with the same reducer, in `replica`. */
export type ChatFact =
	/** Another chat is shown, or this one was changed from outside. Ends refusal and undo. */
	| { readonly type: "chatShown"; readonly path: ChatPath }
	/** A message was accepted with the code in the composer, and its answer is on the way. Ends refusal and undo. */
	| { readonly type: "turnStarted"; readonly user: UserTurn; readonly answer: AssistantTurn }
	/** A different path is shown after the first `keptTurns` turns: another version, an edit, or a deletion. */
	| {
			readonly type: "pathChanged";
			readonly keptTurns: number;
			readonly turns: readonly Turn[];
			readonly versions: ChatPath["versions"];
	  }
	/** The last turn, an answer that broke off, is being continued. Ends refusal and undo. */
	| { readonly type: "answerContinued"; readonly turnId: TurnId }
	| { readonly type: "progressed"; readonly turnId: TurnId; readonly progress: AnswerProgress }
	/** `offset` is the UTF-16 length of that channel before `text`. A mismatch means that an event was lost. */
	| {
			readonly type: "textAppended";
			readonly turnId: TurnId;
			readonly channel: TextChannel;
			readonly offset: number;
			readonly text: string;
	  }
	| { readonly type: "thoughtEnded"; readonly turnId: TurnId; readonly durationMs: number }
	| { readonly type: "turnEnded"; readonly turnId: TurnId; readonly outcome: TurnOutcome }
	/** A message is taken back. The `pathChanged` that follows removes it from the path. */
	| { readonly type: "refused"; readonly refusal: Refusal }
	| { readonly type: "refusalDismissed" }
	| { readonly type: "contextTrimmed"; readonly visibleFrom: TurnId | undefined }
	| { readonly type: "undoOffered"; readonly undoable: Undoable }
	/** The change was undone, or can no longer be undone. */
	| { readonly type: "undoEnded" }
	| { readonly type: "queueChanged"; readonly queued: QueuedMessage | undefined }
	| { readonly type: "titleChanged"; readonly title: string }
	| { readonly type: "accessChanged"; readonly access: ChatAccess }
	| { readonly type: "noticesChanged"; readonly notices: readonly ChatNotice[] }
	| { readonly type: "attachmentsChanged"; readonly attachments: readonly AttachmentChip[] }
	| { readonly type: "codeSourceChanged"; readonly source: CodeSource }
	| { readonly type: "modelChanged"; readonly model: ModelStatus }
	| { readonly type: "contextCounted"; readonly contextUse: ContextUse | undefined }
	| { readonly type: "settingsChanged"; readonly settings: SettingsState };

/** The parts of an answer: the reply, or the thought before it. */
export type TextChannel = "reply" | "thought";

/**
 * An event that the host posts to a view. Events are applied in order, and have no answer.
 *
 * `revision` counts the facts of one view's channel, and each fact increases it by one. A snapshot may set any
 * revision.
 */
export type ChatEvent =
	| {
			readonly type: "snapshot";
			readonly revision: number;
			readonly chat: ChatState;
			/** The unsent text that the host kept for this view; `undefined` if there is none. */
			readonly unsent: UnsentText | undefined;
	  }
	/** The composer should take the focus. Carries no revision, because losing it does no harm. */
	| { readonly type: "focusRequested" }
	/**
	 * Why an intent of this view was not performed. It is only shown and not part of the state, so it carries no
	 * revision.
	 */
	| { readonly type: "told"; readonly sentence: string }
	| { readonly type: "fact"; readonly revision: number; readonly fact: ChatFact };
