import { serve } from "../../src/inference/serve";
import { ScriptedEngine } from "./scriptedEngine";

serve(new ScriptedEngine());
