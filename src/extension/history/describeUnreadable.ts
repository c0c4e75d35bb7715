import { assertNever } from "../../protocol/assertNever";
import type { UnreadableReason } from "../conversation/chatLibrary";

/** @returns why something in the folder of conversations cannot be read, and what to do about it. */
export function describeUnreadable(reason: UnreadableReason = { kind: "damaged" }): string {
	switch (reason.kind) {
		case "damaged":
			return "Damaged, or no conversation. The file is left as it is.";
		case "denied":
			return "Permission denied. Grant your account read access to it.";
		case "notFile":
			return "Not a file. Move it out of the folder of conversations.";
		case "deadLink":
			return "A link whose target is missing. Put the target back, or remove the link.";
		case "tooLarge":
			return "Too large for a conversation. Move it out of the folder of conversations.";
		case "tooSlow":
			return "Takes too long to read. Move it out of the folder of conversations.";
		case "misnamed":
			return "Not listed because of its name. Use only letters, digits, - and _ before .jsonl.";
		case "system":
			return `The system cannot read it (${reason.code}). Check the disk.`;
		default:
			return assertNever(reason);
	}
}
