import { withoutSecrets } from "../../protocol/text/withoutSecrets";

/** An error to show to the user, because an action failed. The message is a translated sentence. */
export class UserError extends Error {
	override readonly name = "UserError";

	constructor(message: string) {
		super(withoutSecrets(message));
	}
}

/** Returns whether `error` is a `UserError`. Also recognizes one from another bundle, unlike `instanceof`. */
export function isUserError(error: unknown): error is UserError {
	return error instanceof Error && error.name === "UserError";
}
