import { parseModelSource } from "../../protocol/download/modelSource";
import { t } from "../../wording/localize";

/** Returns why `text` names no model, as a sentence; `undefined` if it names one. */
export function objectionToModel(text: string): string | undefined {
	const value = text.trim();
	if (parseModelSource(value)) {
		return undefined;
	}
	if (value === "") {
		return t("Enter a Hugging Face model, an https address, or the path of a .gguf file.");
	}
	return /^http:/i.test(value)
		? t("The address must begin with https.")
		: t("Enter hf:user/model:Q4_K_M, https://host/model.gguf, or /folder/model.gguf.");
}
