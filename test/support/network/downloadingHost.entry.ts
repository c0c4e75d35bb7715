import { createModelFetcher, networkTo } from "../models/localModelFixture";

/** A host that has a model downloaded from the hub, into the folder and of the address in its arguments, and waits to be killed. */
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
