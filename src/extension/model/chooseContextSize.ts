import { freemem } from "node:os";
import { window } from "vscode";
import { formatBytes, formatCount } from "../../wording/format";
import { plural, t } from "../../wording/localize";
import type { ModelInfo } from "../../protocol/inference/model";
import { UserError } from "../base/userError";
import { largerContexts } from "./contextSizes";

/**
 * Lets the user choose a larger context for the loaded model.
 *
 * @returns the size in tokens; `undefined` if the user canceled
 * @throws {UserError} if the model already has the largest context it was trained for
 */
export async function chooseContextSize(info: ModelInfo): Promise<number | undefined> {
	const choices = largerContexts(info);
	if (choices.length === 0) {
		throw new UserError(
			t(
				"{0} already has the largest context it was trained for: {1} tokens. Choose a model with a larger context, or start a new chat.",
				info.name,
				formatCount(info.trainedContextTokens),
			),
		);
	}
	const contextTokens = formatCount(info.contextTokens);
	const placeHolder =
		info.device.kind === "gpu"
			? t("{0} has {1} tokens. The model is reloaded.", info.name, contextTokens)
			: t(
					"{0} has {1} tokens. {2} of memory is free. The model is reloaded.",
					info.name,
					contextTokens,
					formatBytes(freemem()),
				);
	const chosen = await window.showQuickPick(
		choices.map(({ contextTokens, addedBytes }) => ({
			label: plural(contextTokens, "{0} token", "{0} tokens"),
			description: addedBytes === undefined ? "" : t("{0} more memory", formatBytes(addedBytes)),
			contextTokens,
		})),
		{
			title: t("Larger Context"),
			placeHolder,
		},
	);
	return chosen?.contextTokens;
}
