import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";

/** Increased with every change to the header's meaning, so that states of other versions are never loaded. */
const formatVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const headerSchema = v.object({
	version: v.literal(formatVersion),
	/** Identifies everything that determines a state's shape and meaning, apart from its tokens: see `cacheKey`. */
	key: v.string(),
	/** The evaluated tokens, as numbered by the model's tokenizer. */
	tokens: v.pipe(v.array(count), v.minLength(1)),
	/** Size of the state's file. */
	bytes: count,
	/** The evaluation time per token, for a new process that has measured nothing yet. */
	msPerToken: v.pipe(v.number(), v.finite(), v.minValue(0)),
	/** Hash of the fields above and the state's file, in hexadecimal digits. */
	sha256: v.string(),
});

/** The metadata of a state. */
export type EntryHeader = Readonly<v.InferOutput<typeof headerSchema>>;

/** The header's fields before the state is sealed. */
export type EntryFacts = Omit<EntryHeader, "version" | "sha256">;

/** Parses a header. Returns `undefined` if it is not a header of this version. */
export function parseHeader(text: string): EntryHeader | undefined {
	try {
		return v.parse(headerSchema, JSON.parse(text));
	} catch {
		return undefined;
	}
}

/** Returns the header of a state whose file has been written; `undefined` if aborted. */
export async function sealEntry(
	facts: EntryFacts,
	file: string,
	signal?: AbortSignal,
): Promise<EntryHeader | undefined> {
	const sha256 = await checksum(facts, file, signal);
	return sha256 === undefined ? undefined : { version: formatVersion, ...facts, sha256 };
}

/** Returns whether header and file are unchanged since the state was sealed; `false` if aborted. */
export async function isIntact(
	header: EntryHeader,
	file: string,
	signal?: AbortSignal,
): Promise<boolean> {
	const { size } = await stat(file);
	return size === header.bytes && header.sha256 === (await checksum(header, file, signal));
}

async function checksum(
	{ key, tokens, bytes, msPerToken }: EntryFacts,
	file: string,
	signal: AbortSignal | undefined,
): Promise<string | undefined> {
	const hash = createHash("sha256");
	hash.update(JSON.stringify([formatVersion, key, tokens, bytes, msPerToken]));
	try {
		await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal });
	} catch (error) {
		if (signal?.aborted) {
			return undefined;
		}
		throw error;
	}
	return hash.digest("hex");
}
