/** Ranges of the settings in the manifest. A test keeps the two equal. */
export const settingRanges = {
	/** UTF-16 units. */
	systemPrompt: { maxLength: 32_768 },
	maxTokens: { min: 1, max: 131_072 },
	temperature: { min: 0, max: 2 },
	/** The range of `thinking` if it is a number. */
	thinkingTokens: { min: 1, max: 131_072 },
} as const;
