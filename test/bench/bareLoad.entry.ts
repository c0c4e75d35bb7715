/** Loads the model in its argument with the least that can be written with node-llama-cpp, says so, and waits. */
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
