/** An action that cannot be done, in words for the person who asked for it. The message is a sentence. */
export class UserError extends Error {
	override readonly name = "UserError";
}
