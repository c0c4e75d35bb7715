import { html, type TemplateResult } from "lit";
import type { ChatState } from "../../../protocol/chat/chat";
import { openingText } from "../../wording/composerWording";
import "../emptyState";

/** What stands where nothing was said yet, or where that is not known yet. */
export function renderBeginning({ access, model, codeSource }: ChatState): TemplateResult {
	return access.kind === "loading"
		? html`<p class="loading-chat">${openingText()}</p>`
		: html`<empty-state .model=${model} .codeSource=${codeSource}></empty-state>`;
}
