import * as v from "valibot";
import { plainLine } from "../../protocol/text/plainLine";
import { canChat, kindOf, type KindFacts } from "../../protocol/download/modelKind";
import { kindInName } from "../../protocol/download/modelFileName";
import {
	mostModels,
	mostRepositories,
	type FoundModel,
	type FoundRepository,
} from "../../protocol/download/modelSearch";
import { chooseModel } from "./chooseModel";
import { findGgufModels } from "./ggufModels";
import { type GgufFileSet } from "./ggufFileSet";
import type { DownloadOptions } from "../downloadOptions";
import { endpointOf, secretsOf } from "./endpoint";
import { explained, type Way } from "../explained";
import { HttpClient } from "../network/httpClient";
import { licenseIn, readRepository, type ListedFile } from "./hub";
import { MetadataReader } from "./metadata";
import { baseName, parseModelAddress } from "./modelAddress";

/** More results than are shown are requested, since some are filtered out. */
const askedFor = 60;
/** Longest file name shown in place of a quantization, in UTF-16 units. */
const longestLabel = 80;
/** The hub's names of tasks that are not chat. */
const otherTasks =
	/^(?:feature-extraction|sentence-similarity|text-ranking|fill-mask|text-classification|token-classification|automatic-speech-recognition|text-to-(?:speech|audio|image|video)|image-to-(?:image|video)|audio-to-audio|translation)$/;

const positive = v.nullish(v.fallback(v.nullable(v.pipe(v.number(), v.minValue(1))), null), null);
/** The fields of the hub's response that are used. The response is untrusted. */
const repositorySchema = v.object({
	id: v.pipe(v.string(), v.regex(/^(?!\.)[\w.-]{1,96}\/(?!\.)[\w.-]{1,96}$/)),
	downloads: v.fallback(v.pipe(v.number(), v.minValue(0)), 0),
	tags: v.fallback(v.array(v.string()), []),
	gated: v.fallback(v.union([v.boolean(), v.string()]), false),
	pipeline_tag: v.fallback(v.optional(v.string()), undefined),
	gguf: v.fallback(
		v.optional(
			v.object({
				total: positive,
				context_length: positive,
				architecture: v.fallback(v.string(), ""),
			}),
		),
		undefined,
	),
});
type Repository = v.InferOutput<typeof repositorySchema>;

/** Searches a hub for models and lists their quantizations. */
export class HubSearch {
	readonly #hub: Hub;
	readonly #way: Way;

	constructor(options: DownloadOptions) {
		const { network, tokens } = options;
		const endpoint = endpointOf(network);
		this.#hub = { endpoint, http: new HttpClient(network, tokens, options) };
		this.#way = {
			host: new URL(endpoint).host,
			directory: "",
			secrets: secretsOf(network, tokens),
		};
	}

	/** @throws {FailureError} `downloadFailed` */
	search(query: string, signal: AbortSignal): Promise<readonly FoundRepository[]> {
		return explained(this.#way, signal, () => searchHub(this.#hub, query, signal));
	}

	/** @throws {FailureError} `downloadFailed` */
	list(name: string, signal: AbortSignal): Promise<readonly FoundModel[]> {
		return explained(this.#way, signal, () => listModels(this.#hub, name, signal));
	}

	async close(): Promise<void> {
		await this.#hub.http.close();
	}
}

/** A hub's address, and the client that reaches it. */
interface Hub {
	/** Without a trailing slash. */
	readonly endpoint: string;
	readonly http: HttpClient;
}

/** Returns the repositories of chat models whose names contain the words of `query`, most downloaded first. */
async function searchHub(
	{ endpoint, http }: Hub,
	query: string,
	signal: AbortSignal,
): Promise<readonly FoundRepository[]> {
	const parameters = new URLSearchParams({
		search: query,
		filter: "gguf",
		sort: "downloads",
		direction: "-1",
		limit: String(askedFor),
	});
	for (const field of ["downloads", "tags", "gated", "pipeline_tag", "gguf"]) {
		parameters.append("expand[]", field);
	}
	const url = `${endpoint}/api/models?${parameters.toString()}`;
	const answer = await new MetadataReader({ address: endpoint, http, signal }).json(url);
	return (Array.isArray(answer) ? answer : [])
		.flatMap((item: unknown) => {
			const parsed = v.safeParse(repositorySchema, item);
			return parsed.success && isForChat(parsed.output) ? [parsed.output] : [];
		})
		.sort((a, b) => b.downloads - a.downloads)
		.slice(0, mostRepositories)
		.map(({ id, downloads, tags, gated, gguf }) => ({
			name: id,
			downloads,
			license: licenseIn(tags) ?? null,
			isGated: gated !== false,
			parameterCount: gguf?.total ?? null,
			trainedContextTokens: gguf?.context_length ?? null,
		}));
}

/** Returns the models of a repository in all their quantizations, smallest first. */
async function listModels(
	{ endpoint, http }: Hub,
	name: string,
	signal: AbortSignal,
): Promise<readonly FoundModel[]> {
	const address = parseModelAddress(`hf:${name}`);
	if (address?.kind !== "hub") {
		return [];
	}
	const { files } = await readRepository(address, endpoint, http, signal);
	const models = findGgufModels(files);
	const { repository } = address;
	const chosen = chooseModel(models, { quantization: undefined, repository });
	return models
		.slice(0, mostModels)
		.map((model) => ({ ...addressOf(model, models, name), isDefault: model === chosen }))
		.sort((a, b) => a.fileBytes - b.fileBytes);
}

/** Returns an address that names the quantization if that leads back to this model, and the file otherwise. */
function addressOf(
	model: GgufFileSet<ListedFile>,
	models: readonly GgufFileSet<ListedFile>[],
	name: string,
): Pick<FoundModel, "address" | "label" | "fileBytes"> {
	const { quantization, bytes: fileBytes = 0, parts } = model;
	const repository = baseName(name);
	if (quantization !== undefined && chooseModel(models, { quantization, repository }) === model) {
		return { address: `hf:${name}:${quantization}`, label: quantization, fileBytes };
	}
	const file = parts[0]?.name ?? "";
	return {
		address: `hf:${name}/${file}`,
		label: plainLine(baseName(file), longestLabel),
		fileBytes,
	};
}

function isForChat({ id, pipeline_tag: task = "", gguf }: Repository): boolean {
	const facts: KindFacts = {
		type: undefined,
		architecture: gguf?.architecture ?? "",
		groups: new Set(),
		poolingType: undefined,
		isCausal: undefined,
		draftLayers: undefined,
		hasChatTemplate: false,
		hasRerankTemplate: false,
		hasVocabulary: undefined,
		tensors: undefined,
	};
	return !otherTasks.test(task) && canChat(kindOf(facts, kindInName(baseName(id))));
}
