import { escapeText } from "./escapeHtml";

/**
 * Links leave here without `href`, so that nothing in the view can navigate. `renderBlock` reads `data-href`
 * back from the parsed DOM, with its character references resolved, and decides there what may be opened.
 *
 * @param target escaped.
 */
export function linkStart(target: string, title: string | null | undefined): string {
	return `<a data-href="${target}"${titleAttribute(title)}>`;
}

/**
 * An image is never loaded: its address could carry the conversation away. It is a link to what it names.
 *
 * @param target escaped.
 * @param content HTML.
 */
export function imageHtml(
	target: string,
	content: string,
	title: string | null | undefined,
): string {
	return `<a data-image="" data-href="${target}"${titleAttribute(title)}>${content}</a>`;
}

function titleAttribute(title: string | null | undefined): string {
	return title ? ` title="${escapeText(title)}"` : "";
}
