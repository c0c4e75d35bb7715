import type { AttachmentId } from "../../protocol/chat/ids";
import { describeCount } from "../../wording/format";
import type { AttachedCode } from "../conversation/attachedCode";

/** @returns pasted text as it goes along with a message. */
export function pastedText(id: AttachmentId, text: string): AttachedCode {
	const lines = text.replace(/\r?\n$/, "").split("\n");
	return {
		chip: {
			id,
			label: `Pasted text, ${describeCount(lines.length, "line")}`,
			scope: "pasted",
			path: "Pasted text",
			languageId: "",
		},
		uri: "",
		range: {
			startLine: 0,
			startCharacter: 0,
			endLine: lines.length - 1,
			endCharacter: lines.at(-1)?.length ?? 0,
		},
		code: text,
	};
}
