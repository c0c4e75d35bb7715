import path from "node:path";
import type { InferenceFailure } from "../../protocol/failure";
import { parseModelSource, type ModelSource } from "../../protocol/download/modelSource";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { t } from "../../wording/localize";

/**
 * Ollama names model files after the SHA-256 of their contents. The first twelve digits are enough to tell them apart.
 */
const blobName = /^sha256-([0-9a-f]{12})[0-9a-f]{52}$/;

/** Returns the source that `localLlm.model` names, or why the setting is not valid. */
export function findModelSource(
	setting: string,
): ModelSource | Extract<InferenceFailure, { kind: "modelNotChosen" | "modelSettingInvalid" }> {
	const value = setting.trim();
	if (value === "") {
		return { kind: "modelNotChosen" };
	}
	return parseModelSource(value) ?? { kind: "modelSettingInvalid", value };
}

/**
 * Returns the name of a model to show, loaded or not.
 *
 * That is `chosenName` if given, "tiny-chat" for `/models/tiny-chat.gguf`, "Llama-3.2-3B-Instruct Q4_K_M" for
 * `hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M`, and the file name for anything else.
 */
export function modelDisplayName(setting: string, chosenName?: string): string {
	if (chosenName !== undefined) {
		return chosenName;
	}
	const value = withoutSecrets(setting.trim());
	if (value === "") {
		return t("No model");
	}
	const [, repository, quantization] = /^hf:[^/]+\/([^/:#]+)(?::([^/#]+))?$/.exec(value) ?? [];
	if (repository !== undefined) {
		const name = repository.replace(/[-_.]gguf$/i, "");
		return quantization === undefined ? name : `${name} ${quantization}`;
	}
	const withoutQuery = value.replace(/[?#].*$/s, "");
	// `path.win32` splits at both separators. A POSIX file name that contains a backslash is too rare to matter.
	const file = path.win32.basename(withoutQuery);
	const [, digest] = blobName.exec(file) ?? [];
	return digest === undefined
		? file.replace(/(?:-\d{5}-of-\d{5})?\.gguf$/i, "") || value
		: t("Ollama model {0}", digest);
}
