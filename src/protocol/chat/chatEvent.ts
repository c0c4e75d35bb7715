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

/** Something that happened to the conversation. Host and views apply it with the one reducer in `replica`. */
export type ChatFact =
	/** Another conversation is shown, or this one changed from outside. Ends refusal and undo. */
	| { readonly type: "chatShown"; readonly path: ChatPath }
	/** A user's message was taken, with the code that lay in the composer; its answer is on the way. Ends refusal and undo. */
	| { readonly type: "turnStarted"; readonly user: UserTurn; readonly answer: AssistantTurn }
	/** From the turn after the first `keptTurns` on, another path is shown: another version, an edit, a deletion. */
	| {
			readonly type: "pathChanged";
			readonly keptTurns: number;
			readonly turns: readonly Turn[];
			readonly versions: ChatPath["versions"];
	  }
	/** The last turn, an answer that broke off, goes on from its end. Ends refusal and undo. */
	| { readonly type: "answerContinued"; readonly turnId: TurnId }
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
	/** A message is taken back; the `pathChanged` that follows takes it from the path. */
	| { readonly type: "refused"; readonly refusal: Refusal }
	| { readonly type: "refusalDismissed" }
	| { readonly type: "contextTrimmed"; readonly visibleFrom: TurnId | undefined }
	| { readonly type: "undoOffered"; readonly undoable: Undoable }
	/** It was done, or its time is over. */
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

/** What an answer is made of: the reply itself, or the thoughts before it. */
export type TextChannel = "reply" | "thought";

/**
 * What the extension host posts to a chat view. Applied in order, never answered.
 *
 * `revision` counts the facts of one view's channel: previous + 1. A snapshot may set any.
 */
export type ChatEvent =
	| {
			readonly type: "snapshot";
			readonly revision: number;
			readonly chat: ChatState;
			/** What the host kept of the text typed in this view; `undefined`: nothing yet. */
			readonly unsent: UnsentText | undefined;
	  }
	/** The composer should take the focus; loses nothing when it is lost, so it carries no revision. */
	| { readonly type: "focusRequested" }
	/** Why something that was asked for in this view was not done. It is shown there and not kept, so it carries no revision. */
	| { readonly type: "told"; readonly sentence: string }
	| { readonly type: "fact"; readonly revision: number; readonly fact: ChatFact };
