import path from "node:path";
import type { InferenceFailure } from "../../protocol/failure";
import { parseModelSource, type ModelSource } from "../../protocol/download/modelSource";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { t } from "../../wording/localize";

/** What Ollama calls the files of its models: after their contents, of which the first twelve digits are enough. */
const blobName = /^sha256-([0-9a-f]{12})[0-9a-f]{52}$/;

/** @returns what `localLlm.model` names, or why it names nothing. */
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
 * @returns what people call a model, loaded or not: `chosenName` if there is one, "tiny-chat" for a path,
 * "Llama-3.2-3B-Instruct Q4_K_M" for `hf:bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M`, the file's name for others.
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
	// Windows' rules know both separators; a Posix name with a backslash is rarer than a Windows path in a test.
	const file = path.win32.basename(withoutQuery);
	const [, digest] = blobName.exec(file) ?? [];
	return digest === undefined
		? file.replace(/(?:-\d{5}-of-\d{5})?\.gguf$/i, "") || value
		: t("Ollama model {0}", digest);
}
