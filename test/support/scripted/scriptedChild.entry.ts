import { serveInference } from "../../../src/inference/serve";
import { ScriptedEngine } from "./scriptedEngine";

serveInference(new ScriptedEngine());
