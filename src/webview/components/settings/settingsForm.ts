import type { ChatSettings } from "../../../protocol/chat/chat";
import { formatCount } from "../../../wording/format";
import { t } from "../../../wording/localize";
import { settingRanges } from "../../../protocol/settingRanges";

/** The current values of the dialog's fields; numbers as typed. */
export interface SettingsFields {
	readonly systemPrompt: string;
	readonly maxTokens: string;
	readonly temperature: string;
	readonly streaming: boolean;
	readonly markdown: boolean;
}

/** The errors by field, each a sentence. */
export type SettingsErrors = Readonly<Partial<Record<keyof ChatSettings, string>>>;

export function fieldsOf(settings: ChatSettings): SettingsFields {
	return {
		...settings,
		maxTokens: String(settings.maxTokens),
		temperature: String(settings.temperature),
	};
}

/** Returns the settings that the fields contain, or the errors of the fields. */
export function readForm(
	fields: SettingsFields,
):
	| { readonly kind: "valid"; readonly settings: ChatSettings }
	| { readonly kind: "invalid"; readonly errors: SettingsErrors } {
	const maxTokens = parseNumber(fields.maxTokens);
	const temperature = parseNumber(fields.temperature);
	const errors: SettingsErrors = {
		...(fields.systemPrompt.length > settingRanges.systemPrompt.maxLength && {
			systemPrompt: t(
				"Enter at most {0} characters. These are {1}.",
				formatCount(settingRanges.systemPrompt.maxLength),
				formatCount(fields.systemPrompt.length),
			),
		}),
		...(!(Number.isInteger(maxTokens) && isWithin(maxTokens, settingRanges.maxTokens)) && {
			maxTokens: t(
				"Enter a whole number from {0} to {1}.",
				formatCount(settingRanges.maxTokens.min),
				formatCount(settingRanges.maxTokens.max),
			),
		}),
		...(!isWithin(temperature, settingRanges.temperature) && {
			temperature: t(
				"Enter a number from {0} to {1}.",
				formatCount(settingRanges.temperature.min),
				formatCount(settingRanges.temperature.max),
			),
		}),
	};
	return Object.keys(errors).length > 0
		? { kind: "invalid", errors }
		: { kind: "valid", settings: { ...fields, maxTokens, temperature } };
}

function parseNumber(typed: string): number {
	return typed.trim() === "" ? Number.NaN : Number(typed);
}

function isWithin(value: number, range: { readonly min: number; readonly max: number }): boolean {
	return value >= range.min && value <= range.max;
}
