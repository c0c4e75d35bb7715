import { devNull } from "node:os";

/** Variables that carry a Hugging Face access token. */
const tokenVariables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_HUB_TOKEN"];

/**
 * Returns the environment for a forked process: Electron runs as Node, and the user's Hugging Face token is hidden.
 * Libraries would otherwise read the token from the environment or the Hugging Face cache, and send it unasked
 * (node-llama-cpp 3.22).
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const own: NodeJS.ProcessEnv = { ...env, ELECTRON_RUN_AS_NODE: "1", HF_TOKEN_PATH: devNull };
	for (const name of tokenVariables) {
		// `fork` leaves out variables that are `undefined`.
		own[name] = undefined;
	}
	return own;
}
