import { createModelFetcher, networkTo } from "../models/localModelFixture";

/**
 * A host that downloads a model from a hub, then waits to be killed. Its arguments are the hub, the folder, and the model's
 * address.
 */
async function main([endpoint = "", modelsDirectory = "", uri = ""]: string[]): Promise<void> {
	const fetcher = createModelFetcher({ modelsDirectory, network: () => networkTo(endpoint) });
	const hooks = {
		ready: Promise.resolve(),
		estimateFit: () => Promise.resolve({ kind: "cpu", memoryBytes: 1 } as const),
		onProgress: () => undefined,
	};
	await fetcher.obtain(uri, hooks, new AbortController().signal);
}

void main(process.argv.slice(2));
