/** Identifies a chat and its file. */
export type ChatId = string;

/** Created by whichever side starts the turn: the view for the user's turn, the host for the answer. */
export type TurnId = string;

export type AttachmentId = string;
