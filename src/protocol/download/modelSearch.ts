import * as v from "valibot";
import { ChildRequest } from "../childProcess";
import { count, listUpTo, words } from "../schemaParts";

/* The requests that search a hub, in addition to `download`. */

/** A repository of GGUF models. */
export interface FoundRepository {
	/** "owner/repository" */
	readonly name: string;
	/** Downloads in the last month. */
	readonly downloads: number;
	/** The hub's name for it, such as "apache-2.0"; `null` if the hub does not state it. */
	readonly license: string | null;
	/** Whether the model is gated: the owner gives access only to accounts that accept certain terms. */
	readonly isGated: boolean;
	/** As the hub read it from one of the files; `null` if it has not. */
	readonly parameterCount: number | null;
	readonly trainedContextTokens: number | null;
}

/** A model in a repository, in one of its quantizations. */
export interface FoundModel {
	/** A value for `localLlm.model`. */
	readonly address: string;
	/** "Q4_K_M", or the file name if it contains no quantization. */
	readonly label: string;
	/** Bytes of all parts. */
	readonly fileBytes: number;
	/** Whether this model is used if no quantization is named. */
	readonly isDefault: boolean;
}

export const mostRepositories = 40;
export const mostModels = 200;

/**
 * Finds repositories of chat models by words in their names, most downloaded first.
 *
 * @throws `downloadFailed`
 */
export const SearchHub = new ChildRequest<{ readonly query: string }, readonly FoundRepository[]>(
	"hub/search",
	listUpTo<FoundRepository>(
		mostRepositories,
		v.object({
			name: words,
			downloads: count,
			license: v.nullable(words),
			isGated: v.boolean(),
			parameterCount: v.nullable(count),
			trainedContextTokens: v.nullable(count),
		}),
	),
);

/**
 * Lists the models of a repository, smallest first.
 *
 * @throws `downloadFailed`
 */
export const ListModels = new ChildRequest<{ readonly name: string }, readonly FoundModel[]>(
	"hub/list",
	listUpTo<FoundModel>(
		mostModels,
		v.object({ address: words, label: words, fileBytes: count, isDefault: v.boolean() }),
	),
);
