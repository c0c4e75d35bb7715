import { assertNever } from "../../protocol/assertNever";
import type { UnreadableReason } from "../conversation/chatLibrary";
import { t } from "../../wording/localize";

/** Returns why an entry of the chats folder cannot be read, and what to do. */
export function describeUnreadable(reason: UnreadableReason = { kind: "damaged" }): string {
	switch (reason.kind) {
		case "damaged":
			return t("Damaged, or not a chat. The file is left unchanged.");
		case "denied":
			return t("Permission denied. Grant your account read access to it.");
		case "notFile":
			return t("Not a file. Move it out of the chats folder.");
		case "deadLink":
			return t("A link whose target is missing. Restore the target, or remove the link.");
		case "tooLarge":
			return t("Too large for a chat. Move it out of the chats folder.");
		case "tooSlow":
			return t("Takes too long to read. Move it out of the chats folder.");
		case "misnamed":
			return t("Not listed because of its name. Use only letters, digits, -, and _ before .jsonl.");
		case "system":
			return t("The system cannot read it ({0}). Check the disk.", reason.code);
		default:
			return assertNever(reason);
	}
}
