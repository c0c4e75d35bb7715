import { LlamaEngine } from "./llamaEngine";
import { serve } from "./serve";

serve(new LlamaEngine());
