import { html, type TemplateResult } from "lit";

/**
 * A button that shows an icon alone.
 *
 * @param icon of VS Code's set, without its prefix
 * @param name what it is called, for those who do not see it
 * @param title its tooltip
 * @param kind further classes
 * @param isDisabled `title` says why
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
