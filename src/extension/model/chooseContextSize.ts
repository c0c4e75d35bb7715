import { freemem } from "node:os";
import { window } from "vscode";
import { formatBytes, formatCount } from "../../wording/format";
import type { ModelInfo } from "../../protocol/inference/model";
import { UserError } from "../base/userError";
import { largerContexts } from "./contextSizes";

/**
 * Has a person choose a larger context for the loaded model.
 *
 * @returns its tokens; `undefined` if none was chosen.
 * @throws {UserError} if the model was trained for no more than it has.
 */
export async function chooseContextSize(info: ModelInfo): Promise<number | undefined> {
	const choices = largerContexts(info);
	if (choices.length === 0) {
		throw new UserError(
			`${info.name} was trained for ${formatCount(info.trainedContextTokens)} tokens of context, which it has. Choose a model with a larger context, or go on in a new chat.`,
		);
	}
	const isOnGpu = info.device.kind === "gpu";
	const free = isOnGpu ? "" : `, ${formatBytes(freemem())} of memory is free`;
	const chosen = await window.showQuickPick(
		choices.map(({ contextTokens, addedBytes }) => ({
			label: `${formatCount(contextTokens)} tokens`,
			description:
				addedBytes === undefined ? "" : `takes ${formatBytes(addedBytes)} more of memory`,
			contextTokens,
		})),
		{
			title: "Larger Context",
			placeHolder: `${info.name} has ${formatCount(info.contextTokens)} tokens${free}. The model is loaded anew.`,
		},
	);
	return chosen?.contextTokens;
}
