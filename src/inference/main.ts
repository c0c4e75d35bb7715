import { LlamaEngine } from "./llama/llamaEngine";
import { serveInference } from "./serve";

// Where packages lie that were added to the engine.
serveInference(new LlamaEngine(process.argv[2]));
