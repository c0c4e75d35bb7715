import { html, type TemplateResult } from "lit";
import type { ChatState } from "../../../protocol/chat/chat";
import { openingText } from "../../wording/composerWording";
import "../emptyState";

/** Draws the start of a conversation without messages, or of one that is still loading. */
export function renderBeginning({ access, model, codeSource }: ChatState): TemplateResult {
	return access.kind === "loading"
		? html`<p class="loading-chat">${openingText()}</p>`
		: html`<empty-state .model=${model} .codeSource=${codeSource}></empty-state>`;
}
