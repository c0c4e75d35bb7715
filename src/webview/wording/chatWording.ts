import { assertNever } from "../../protocol/assertNever";
import { t } from "../../wording/localize";
import type { ChatState } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import { describeAccess } from "../../wording/describeChat";
import { formatCount } from "../../wording/format";
import { messageIn } from "../../protocol/chat/messageIn";
import { maxTextLength } from "../../protocol/text/textLimit";
import { isAtRest } from "../state/atRest";

/** Returns the name of the shown version: "Version 2 of 3". */
export function describeVersion(versions: readonly TurnId[], shown: TurnId): string {
	return t(
		"Version {0} of {1}",
		formatCount(versions.indexOf(shown) + 1),
		formatCount(versions.length),
	);
}

/** Returns why a message cannot be sent now, and what to do; empty if it can, or will be soon. */
export function objectionToSending({ access, queued, refusal }: ChatState): string {
	switch (access.kind) {
		case "answeredElsewhere":
			return `${describeAccess(access)} ${t("Your message is kept: send it when that answer has ended.")}`;
		case "newerVersion":
			return `${describeAccess(access)} ${t("Your message is kept.")}`;
		case "open":
		case "loading":
			// Replacing a refused message, it goes before the waiting one.
			return queued && !refusal
				? t(
						"Your message is kept. Another message is waiting. Send yours after that one is answered, or remove that one.",
					)
				: "";
		default:
			return assertNever(access);
	}
}

/** Returns why an edited message cannot be sent now, and what to do; empty if it can. */
export function objectionToEditing(chat: ChatState): string {
	if (isAtRest(chat)) {
		return "";
	}
	return chat.access.kind === "newerVersion"
		? describeAccess(chat.access)
		: t("Your edit is kept. Send it when the answer has ended.");
}

/** Returns why a text is too long to send, and what to do; empty if it is not. */
export function lengthObjection(draft: string): string {
	const length = draft.length > maxTextLength ? messageIn(draft).length : 0;
	return length > maxTextLength
		? t(
				"This message has {0} characters; at most {1} can be sent. Shorten it.",
				formatCount(length),
				formatCount(maxTextLength),
			)
		: "";
}
