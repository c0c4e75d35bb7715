import type { ChatSettings } from "../../../protocol/chat/chat";
import { formatCount } from "../../../wording/format";
import { t } from "../../../wording/localize";
import { settingRanges } from "../../../protocol/settingRanges";

type Key = keyof ChatSettings;

/** The labels of the dialog's fields, and their descriptions. */
export const settingWords: Readonly<
	Record<Key, { readonly label: () => string; readonly about: () => string }>
> = {
	systemPrompt: {
		label: () => t("System Prompt"),
		about: () =>
			t(
				"Instructions for the model, up to {0} characters. They apply from the next message on.",
				formatCount(settingRanges.systemPrompt.maxLength),
			),
	},
	maxTokens: {
		label: () => t("Max New Tokens"),
		about: () =>
			t(
				"The maximum length of an answer in tokens, from {0} to {1}.",
				formatCount(settingRanges.maxTokens.min),
				formatCount(settingRanges.maxTokens.max),
			),
	},
	temperature: {
		label: () => t("Temperature"),
		about: () =>
			t(
				"{0} to {1}. 0 is most predictable; higher values vary more.",
				formatCount(settingRanges.temperature.min),
				formatCount(settingRanges.temperature.max),
			),
	},
	streaming: {
		label: () => t("Streaming"),
		about: () => t("Show the answer while it is being written."),
	},
	markdown: {
		label: () => t("Render Markdown"),
		about: () => t("Show answers as formatted text."),
	},
};

/** Returns the name of a setting in VS Code's Settings editor; empty if it is the same as in the dialog. */
export function nameInEditor(key: Key): string {
	const words = key.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
	const name = words.charAt(0).toUpperCase() + words.slice(1);
	return name === settingWords[key].label() ? "" : name;
}
