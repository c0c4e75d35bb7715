import { devNull } from "node:os";

/** Variables that carry a Hugging Face access token. */
const tokenVariables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_HUB_TOKEN"];

/**
 * @returns the environment of a process of ours: Electron as Node, and no access to the user's Hugging Face account,
 * whose token libraries would read from the environment or from Hugging Face's cache and send of their own accord
 * (node-llama-cpp 3.22).
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const own: NodeJS.ProcessEnv = { ...env, ELECTRON_RUN_AS_NODE: "1", HF_TOKEN_PATH: devNull };
	for (const name of tokenVariables) {
		// fork leaves out what is undefined.
		own[name] = undefined;
	}
	return own;
}
