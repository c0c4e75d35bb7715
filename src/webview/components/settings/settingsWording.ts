import type { ChatSettings } from "../../../protocol/chat/chat";
import { formatCount } from "../../../wording/format";
import { settingRanges } from "../../../protocol/settingRanges";

type Key = keyof ChatSettings;

/** What the dialog's fields are called, and what they mean. */
export const settingWords: Readonly<
	Record<Key, { readonly label: string; readonly about: string }>
> = {
	systemPrompt: {
		label: "System Prompt",
		about: `What the model is told about its role, up to ${formatCount(settingRanges.systemPrompt.maxLength)} characters. Applies from the next message on.`,
	},
	maxTokens: {
		label: "Max New Tokens",
		about: `The most tokens one answer may have, ${describeRange(settingRanges.maxTokens)}.`,
	},
	temperature: {
		label: "Temperature",
		about: `${describeRange(settingRanges.temperature)}. 0 is most predictable; higher values vary more.`,
	},
	streaming: { label: "Streaming", about: "Show the answer as it is written." },
	markdown: { label: "Render Markdown", about: "Show answers as formatted text." },
};

/** @returns what VS Code's Settings editor calls a setting, after its key; empty where the dialog does, too. */
export function nameInEditor(key: Key): string {
	const words = key.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
	const name = words.charAt(0).toUpperCase() + words.slice(1);
	return name === settingWords[key].label ? "" : name;
}

function describeRange({ min, max }: { readonly min: number; readonly max: number }): string {
	return `${formatCount(min)} to ${formatCount(max)}`;
}
