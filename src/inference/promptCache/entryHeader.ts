import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";

/** Raised with every change to what a header says, so that no state of another version is ever loaded. */
const formatVersion = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const headerSchema = v.object({
	version: v.literal(formatVersion),
	/** Names all that decides a state's shape and meaning but its tokens: see `stateKey`. */
	key: v.string(),
	/** What was evaluated, as the model's tokenizer numbers it. */
	tokens: v.pipe(v.array(count), v.minLength(1)),
	/** Of the state's file. */
	bytes: count,
	/** How fast the tokens were evaluated. A fresh process has measured nothing yet. */
	msPerToken: v.pipe(v.number(), v.finite(), v.minValue(0)),
	/** Of the fields above and the state's file together, in hex. */
	sha256: v.string(),
});

/** What is known of a state beside llama.cpp's own file. */
export type EntryHeader = Readonly<v.InferOutput<typeof headerSchema>>;

/** What a header says before its state is sealed. */
export type EntryFacts = Omit<EntryHeader, "version" | "sha256">;

/** @returns `undefined` for what is not a header of this version. */
export function parseHeader(text: string): EntryHeader | undefined {
	try {
		return v.parse(headerSchema, JSON.parse(text));
	} catch {
		return undefined;
	}
}

/** @returns the header of a state whose file has been written; `undefined` if aborted. */
export async function sealEntry(
	facts: EntryFacts,
	file: string,
	signal?: AbortSignal,
): Promise<EntryHeader | undefined> {
	const sha256 = await checksum(facts, file, signal);
	return sha256 === undefined ? undefined : { version: formatVersion, ...facts, sha256 };
}

/** @returns whether header and file are to the last bit what they were when the state was sealed; not, if aborted. */
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
