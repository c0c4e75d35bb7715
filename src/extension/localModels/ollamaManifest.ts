import { open } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";

/** A manifest takes a few kilobytes, so a larger file is something else. */
const maxManifestBytes = 1 << 20;

const digest = v.pipe(v.string(), v.regex(/^sha256[:-][0-9a-f]{64}$/i));
const layers = v.array(v.looseObject({ mediaType: v.string(), digest }));
/** A model, or one of its variants: either its layers, or the digest of a manifest that lists them. */
const single = v.object({ layers: v.optional(layers), digest: v.optional(digest) });
const manifest = v.object({
	...single.entries,
	manifests: v.optional(v.array(single)),
});

/**
 * Returns the paths of the blobs that a manifest names as weights. They may not exist.
 *
 * @throws {Error} if a manifest cannot be read
 */
export async function weightsOf(manifestFile: string, blobsFolder: string): Promise<string[]> {
	const whole = await readManifest(manifestFile);
	const blob = (of: string): string => path.join(blobsFolder, of.toLowerCase().replace(":", "-"));
	const found: string[] = [];
	for (const one of [whole, ...(whole.manifests ?? [])]) {
		const own =
			one.layers ?? (one.digest === undefined ? [] : (await readManifest(blob(one.digest))).layers);
		for (const { mediaType, digest } of own ?? []) {
			if (mediaType === "application/vnd.ollama.image.model") {
				found.push(blob(digest));
			}
		}
	}
	return found;
}

/** @throws {Error} if the file is not a manifest */
async function readManifest(file: string): Promise<v.InferOutput<typeof manifest>> {
	const handle = await open(file, "r");
	try {
		if ((await handle.stat()).size > maxManifestBytes) {
			throw new Error(`${file} is too large for a manifest`);
		}
		return v.parse(manifest, JSON.parse(await handle.readFile("utf8")));
	} finally {
		await handle.close();
	}
}
