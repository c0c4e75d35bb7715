import { LlamaEngine } from "./llama/llamaEngine";
import { serve } from "./serve";

// Where packages lie that were added to the engine.
serve(new LlamaEngine(process.argv[2]));
