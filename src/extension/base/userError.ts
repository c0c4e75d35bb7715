import { withoutSecrets } from "../../protocol/text/withoutSecrets";

/** An action that cannot be done, in words for the person who asked for it. The message is a sentence. */
export class UserError extends Error {
	override readonly name = "UserError";

	constructor(message: string) {
		super(withoutSecrets(message));
	}
}

/** @returns whether `error` is a `UserError`, of whichever bundle. */
export function isUserError(error: unknown): error is UserError {
	return error instanceof Error && error.name === "UserError";
}
