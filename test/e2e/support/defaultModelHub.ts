import { readFileSync } from "node:fs";
import { demoModelFile } from "../../../scripts/lib/paths.mjs";
import { ModelHub } from "../../support/network/modelHub";

/** The file of the default model. */
export const defaultModelName = "Llama-3.2-3B-Instruct-Q4_K_M.gguf";

/** Opens a hub that has the default model; its content is the demo model. */
export async function openDefaultModelHub(): Promise<ModelHub> {
	const hub = await ModelHub.open();
	hub.add("bartowski/Llama-3.2-3B-Instruct-GGUF", {
		[defaultModelName]: { content: readFileSync(demoModelFile) },
	});
	return hub;
}
