import { html, type TemplateResult } from "lit";

/**
 * Returns a button that shows only an icon.
 *
 * @param icon the name of an icon of VS Code, without its prefix
 * @param name the accessible name
 * @param title the tooltip
 * @param kind further classes
 * @param isDisabled whether it is disabled; `title` should say why
 */
export function iconButton(
	icon: string,
	name: string,
	title: string,
	click: () => void,
	kind = "",
	isDisabled = false,
): TemplateResult {
	return html`<button
		type="button"
		class="icon-button ${kind}"
		aria-label=${name}
		title=${title}
		?disabled=${isDisabled}
		@click=${click}
	>
		<span class="codicon codicon-${icon}" aria-hidden="true"></span>
	</button>`;
}
