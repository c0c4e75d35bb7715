import { t } from "../../wording/localize";
import type { CatalogueModel } from "./catalogue";

/** The purpose of each model in the catalog, by the model's name. */
const purposes: Readonly<Record<string, () => string>> = {
	"Llama 3.2 3B Instruct": () => t("Chat on most machines"),
	"Llama 3.2 1B Instruct": () => t("Quick, short answers on any machine"),
	"Qwen2.5 Coder 1.5B Instruct": () => t("Code and code completion on any machine"),
	"Qwen3.5 2B": () => t("Chat and long texts on any machine"),
	"Granite 4.1 3B": () => t("Code completion and tool calls on most machines"),
	"Ministral 3 3B Instruct": () => t("Chat in many languages on most machines"),
	"Qwen3 4B Instruct 2507": () => t("Chat and code in many languages"),
	"Qwen3.5 4B": () => t("Thinking, code, and long texts on most machines"),
	"Qwen2.5 Coder 7B Instruct": () => t("Code and code completion"),
	"Ministral 3 8B Instruct": () => t("Chat and writing in many languages"),
	"Qwen3.5 9B": () => t("Thinking, code, and long texts"),
	"Ministral 3 14B Instruct": () => t("Chat and writing on large machines"),
	"gpt-oss 20B": () => t("Thinking and code, fast for its size"),
	"Qwen3 Coder 30B A3B Instruct": () => t("Code and code completion, fast for its size"),
	"Qwen3.8 27B": () => t("Hard questions and code on a large GPU"),
	"Qwen3.6 35B A3B": () => t("Thinking and long texts, fast for its size"),
};

/** Returns the purpose of a model in the catalog, such as "Code on any machine". */
export function describePurpose({ name }: CatalogueModel): string {
	return purposes[name]?.() ?? "";
}
