/** Loads the model in its argument with minimal node-llama-cpp code, reports that, and waits. */
async function main(modelPath: string): Promise<void> {
	const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
	const llama = await getLlama({
		gpu: false,
		build: "never",
		skipDownload: true,
		progressLogs: false,
		maxThreads: 1,
		logLevel: LlamaLogLevel.error,
	});
	const model = await llama.loadModel({ modelPath });
	await model.createContext({ contextSize: 512, threads: 1 });
	process.send?.("loaded");
}

void main(process.argv[2] ?? "");
