/** Ranges of the settings as the manifest declares them; a test holds the two together. */
export const settingRanges = {
	/** In UTF-16 units. */
	systemPrompt: { maxLength: 32_768 },
	maxTokens: { min: 1, max: 131_072 },
	temperature: { min: 0, max: 2 },
	/** Of `thinking` where it is a number. */
	thinkingTokens: { min: 1, max: 131_072 },
} as const;
