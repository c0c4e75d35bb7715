import { escapeText } from "./escapeHtml";

/**
 * Returns a link without `href`, so that nothing in the view can navigate. `renderBlock` reads `data-href` from the
 * parsed DOM, with character references resolved, and decides what may be opened.
 *
 * @param target escaped
 */
export function linkStart(target: string, title: string | null | undefined): string {
	return `<a data-href="${target}"${titleAttribute(title)}>`;
}

/**
 * Returns a link in place of an image. Images are never loaded, because an address could leak the conversation.
 *
 * @param target escaped
 * @param content HTML
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
