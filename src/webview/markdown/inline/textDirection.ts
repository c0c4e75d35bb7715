/** What runs from left to right whatever the words around it. */
const codes = "code, kbd, samp, pre";

/**
 * Gives each block of `fragment` the direction of its first word. Blocks inside it are left without one of their own:
 * the browser passes over elements that have one when it looks for the first word of what is around them. That is why
 * code, which stays left to right, says nothing about its paragraph. Style sheets do the rest, line by line.
 */
export function giveDirections(fragment: DocumentFragment): void {
	for (const block of fragment.children) {
		block.setAttribute("dir", "auto");
	}
	for (const code of fragment.querySelectorAll(codes)) {
		code.setAttribute("dir", "ltr");
	}
}
