import { parseModelSource } from "../../protocol/download/modelSource";

/** @returns why `text` names no model, as a sentence; `undefined` if it does. */
export function objectionToModel(text: string): string | undefined {
	const value = text.trim();
	if (parseModelSource(value)) {
		return undefined;
	}
	if (value === "") {
		return "Type a Hugging Face model, an https address, or the path of a .gguf file.";
	}
	return /^http:/i.test(value)
		? "The address must begin with https."
		: "A model is named like hf:user/model:Q4_K_M, https://host/model.gguf, or /folder/model.gguf.";
}
