import { LlamaEngine } from "./llama/llamaEngine";
import { serveInference } from "./serve";

// The folder of binary packages that were added to the engine.
serveInference(new LlamaEngine(process.argv[2]));
