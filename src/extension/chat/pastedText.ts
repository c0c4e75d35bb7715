import type { AttachmentId } from "../../protocol/chat/ids";
import { plural, t } from "../../wording/localize";
import type { AttachedCode } from "../conversation/attachedCode";

/** Returns pasted text as an attachment. */
export function pastedText(id: AttachmentId, text: string): AttachedCode {
	const lines = text.replace(/\r?\n$/, "").split("\n");
	return {
		chip: {
			id,
			label: plural(lines.length, "Pasted text, {0} line", "Pasted text, {0} lines"),
			scope: "pasted",
			path: t("Pasted text"),
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
