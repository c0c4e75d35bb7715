/** Names a conversation and its file. */
export type ChatId = string;

/** Made by whoever starts the turn: the view for the user's, the host for the answer's. */
export type TurnId = string;

export type AttachmentId = string;
