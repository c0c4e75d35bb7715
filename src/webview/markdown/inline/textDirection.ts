/** Elements that are left to right whatever the text around them. */
const codes = "code, kbd, samp, pre";

/**
 * Gives each block of `fragment` the direction of its first word. Nested blocks get no direction, because browsers skip
 * elements that have one when they look for the first word. That is why code, which stays left to right, does not
 * decide the direction of its paragraph. Style sheets do the rest, line by line.
 */
export function giveDirections(fragment: DocumentFragment): void {
	for (const block of fragment.children) {
		block.setAttribute("dir", "auto");
	}
	for (const code of fragment.querySelectorAll(codes)) {
		code.setAttribute("dir", "ltr");
	}
}
