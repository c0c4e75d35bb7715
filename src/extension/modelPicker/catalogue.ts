import { models } from "./catalogue.json";

/** A model that is known to be good at something, with what decides whether it fits a machine. */
export interface CatalogueModel {
	readonly name: string;
	/** A value for `localLlm.model`. */
	readonly address: string;
	readonly fileBytes: number;
	/** As its maker calls it. */
	readonly license: string;
	readonly parameterCount: number;
	/** Blocks, without the output layer. */
	readonly layers: number;
	readonly trainedContextTokens: number;
	/** Keys and values of one token of context as 16-bit numbers, in all layers that keep them. */
	readonly cacheBytesPerToken: number;
	/** The family of its chat template: "ChatML". */
	readonly template: string;
	/** What its maker names it for: "chat", "code", "completion" (fill-in-the-middle), "thinking", "tools". */
	readonly uses: readonly string[];
	/** Addresses of what the figures were checked against. */
	readonly sources: readonly string[];
}

/** The default model first, then from small to large. */
export const catalogue: readonly CatalogueModel[] = models;
