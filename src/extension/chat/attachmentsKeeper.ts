import * as v from "valibot";
import type { Memento } from "vscode";
import { formatCount } from "../../wording/format";
import { maxAttachments, type AttachmentsKeeper } from "./chatAttachments";
import type { AttachedCode } from "../conversation/attachedCode";
import { attachedCodeSchema } from "../conversation/attachedCodeSchema";
import type { Log } from "../base/log";

/**
 * So much code is kept, in UTF-16 units: with the text that views keep it stays below the half million at which VS
 * Code warns of an extension's state.
 */
export const maxKeptCodeLength = 250_000;

const key = "attachments";

/** @returns what keeps the code in a window's composer with its workspace; what is not of its kind there is left out. */
export function attachmentsKeeper(state: Memento, log: Log): AttachmentsKeeper {
	return {
		get: () => {
			const kept = v.safeParse(v.array(v.unknown()), state.get(key));
			const codes = (kept.success ? kept.output : []).flatMap((item) => {
				const code = v.safeParse(attachedCodeSchema, item);
				return code.success ? [code.output] : [];
			});
			return withinLimit(codes).slice(0, maxAttachments);
		},
		set: (codes) => {
			const kept = withinLimit(codes);
			if (kept.length < codes.length) {
				log.info(
					`${codes.length - kept.length} of ${codes.length} pieces of attached code would not outlive the window: it keeps ${formatCount(maxKeptCodeLength)} characters`,
				);
			}
			void state.update(key, kept.length > 0 ? kept : undefined);
		},
	};
}

/** @returns the code that finds room, that attached first before other code. */
function withinLimit(codes: readonly AttachedCode[]): readonly AttachedCode[] {
	let left = maxKeptCodeLength;
	return codes.filter(({ code }) => {
		const fits = code.length <= left;
		left -= fits ? code.length : 0;
		return fits;
	});
}
