import { models } from "./catalogue.json";

/** A recommended model, with the figures that decide whether it fits a machine. */
export interface CatalogueModel {
	readonly name: string;
	/** A value for `localLlm.model`. */
	readonly address: string;
	readonly fileBytes: number;
	/** The license's name, as the maker writes it. */
	readonly license: string;
	readonly parameterCount: number;
	/** The number of blocks, without the output layer. */
	readonly layers: number;
	readonly trainedContextTokens: number;
	/** The size of one token's keys and values as 16-bit numbers, over all layers that cache them. */
	readonly cacheBytesPerToken: number;
	/** The family of its chat template, such as "ChatML". */
	readonly template: string;
	/** The uses that its maker names: "chat", "code", "completion" (fill-in-the-middle), "thinking", "tools". */
	readonly uses: readonly string[];
	/** The web pages against which the figures were checked. */
	readonly sources: readonly string[];
}

/** The catalog: the default model first, the others from small to large. */
export const catalogue: readonly CatalogueModel[] = models;
