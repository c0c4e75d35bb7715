import type { UnreadableReason } from "../../conversation/chatLibrary";
import { codeOf } from "../files/fileSystem";

/** Returns why a file in the chats folder could not be read. */
export function whyUnreadable(error: unknown): UnreadableReason {
	const code = codeOf(error);
	switch (code) {
		case "EACCES":
		case "EPERM":
			return { kind: "denied" };
		case "ELOOP":
			return { kind: "deadLink" };
		case "notFile":
		case "EISDIR":
			return { kind: "notFile" };
		case "tooLarge":
			return { kind: "tooLarge" };
		case "TimeoutError":
			return { kind: "tooSlow" };
		default:
			return { kind: "system", code };
	}
}
