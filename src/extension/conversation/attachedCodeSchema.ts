import * as v from "valibot";
import { idSchema } from "../../protocol/idSchema";
import type { AttachedCode } from "./attachedCode";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Attached code in a chat's file or in the workspace state of VS Code. */
export const attachedCodeSchema: v.GenericSchema<unknown, AttachedCode> = v.object({
	chip: v.object({
		id: idSchema,
		label: v.string(),
		scope: v.picklist(["selection", "symbol", "cell", "file", "pasted"]),
		path: v.string(),
		languageId: v.string(),
	}),
	uri: v.string(),
	notebookUri: v.optional(v.string()),
	range: v.object({
		startLine: count,
		startCharacter: count,
		endLine: count,
		endCharacter: count,
	}),
	code: v.string(),
});
