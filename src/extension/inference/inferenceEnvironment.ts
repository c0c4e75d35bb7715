import { devNull } from "node:os";

/** Variables that carry a Hugging Face access token. */
const tokenVariables = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_HUB_TOKEN"];

/**
 * @returns the environment of the inference process: Electron as Node, and no access to the user's Hugging Face
 * account. node-llama-cpp's downloader would send a token from the environment or from Hugging Face's cache with
 * requests of its own accord (3.22).
 */
export function inferenceEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const own: NodeJS.ProcessEnv = { ...env, ELECTRON_RUN_AS_NODE: "1", HF_TOKEN_PATH: devNull };
	for (const name of tokenVariables) {
		// fork leaves out what is undefined.
		own[name] = undefined;
	}
	return own;
}
