/** Loads the font of VS Code's icons, which the style sheet names but does not load. */
export function addIconFont(font: URL): void {
	document.fonts.add(new FontFace("codicon", `url("${font.href}")`, { display: "block" }));
}
