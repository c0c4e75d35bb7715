import * as v from "valibot";
import { ChildRequest } from "../childProcess";
import { count, listUpTo, words } from "../schemaParts";

/*
 * What the download process finds in a hub of models, beside `download`.
 */

/** A repository of GGUF models. */
export interface FoundRepository {
	/** "owner/repository" */
	readonly name: string;
	/** Of the last month. */
	readonly downloads: number;
	/** As the hub names it, such as "apache-2.0"; `null` where it does not. */
	readonly license: string | null;
	/** The owner gives it to accounts that agreed to something. */
	readonly isGated: boolean;
	/** What the hub has read in one of the files, where it has. */
	readonly parameterCount: number | null;
	readonly trainedContextTokens: number | null;
}

/** A model of a repository, in one of its quantizations. */
export interface FoundModel {
	/** A value for `localLlm.model`. */
	readonly address: string;
	/** "Q4_K_M", or the file's name where that has none. */
	readonly label: string;
	/** Of all parts. */
	readonly fileBytes: number;
	/** The one that is taken where none is named. */
	readonly isDefault: boolean;
}

export const mostRepositories = 40;
export const mostModels = 200;

/** Finds repositories of chat models by words of their names, those downloaded most first. @throws `downloadFailed` */
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

/** Lists the models of a repository, small ones first. @throws `downloadFailed` */
export const ListModels = new ChildRequest<{ readonly name: string }, readonly FoundModel[]>(
	"hub/list",
	listUpTo<FoundModel>(
		mostModels,
		v.object({ address: words, label: words, fileBytes: count, isDefault: v.boolean() }),
	),
);
