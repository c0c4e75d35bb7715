import * as v from "valibot";
import type { Memento } from "vscode";
import { formatCount } from "../../wording/format";
import { maxAttachments, type AttachmentsKeeper } from "./chatAttachments";
import type { AttachedCode } from "../conversation/attachedCode";
import { attachedCodeSchema } from "../conversation/attachedCodeSchema";
import type { Log } from "../base/log";

/**
 * How much code is kept, in UTF-16 units. Together with the text that views keep, this stays below the 500,000 at which
 * VS Code warns about the size of an extension's state.
 */
export const maxKeptCodeLength = 250_000;

const key = "attachments";

/** Returns a keeper that stores the composer's code in the workspace state. Invalid entries are skipped. */
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
					`${codes.length - kept.length} of ${codes.length} pieces of attached code are not kept beyond the window: the limit is ${formatCount(maxKeptCodeLength)} characters`,
				);
			}
			void state.update(key, kept.length > 0 ? kept : undefined);
		},
	};
}

/** Returns the code that fits the limit, preferring code that was attached first. */
function withinLimit(codes: readonly AttachedCode[]): readonly AttachedCode[] {
	let left = maxKeptCodeLength;
	return codes.filter(({ code }) => {
		const fits = code.length <= left;
		left -= fits ? code.length : 0;
		return fits;
	});
}
