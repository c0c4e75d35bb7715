import * as v from "valibot";
import { commands, extensions, Uri, type TextDocumentContentProvider } from "vscode";
import { fenced } from "../../protocol/text/markdownText";
import { UserError } from "../base/userError";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";

/** Of the addresses of pages with a diagram. */
export const diagramPageScheme = "local-llm-diagram";

const extendsMarkdown = v.object({
	contributes: v.object({ "markdown.markdownItPlugins": v.literal(true) }),
});

/** Longer ones VS Code does not draw (`markdown-mermaid.maxTextSize`, in UTF-16 units). */
const longestDiagram = 50_000;

/**
 * @returns whether some extension adds Mermaid diagrams to VS Code's Markdown preview, as VS Code's own does in newer
 * versions.
 */
export function canDrawDiagrams(): boolean {
	return extensions.all.some(
		({ id, packageJSON }) => /mermaid/i.test(id) && v.is(extendsMarkdown, packageJSON),
	);
}

/**
 * Opens a diagram in VS Code's Markdown preview.
 *
 * @throws {UserError} if it is too long to be drawn.
 */
export async function openDiagram(source: string): Promise<void> {
	if (source.length > longestDiagram) {
		throw new UserError(
			t(
				"The diagram is too long to draw: it has more than {0} characters. Copy its source instead.",
				formatCount(longestDiagram),
			),
		);
	}
	const page = Uri.from({ scheme: diagramPageScheme, path: "/Diagram.md", query: source });
	await commands.executeCommand("markdown.showPreview", page);
}

/** Pages that hold one diagram each. An address carries its source, so that a page comes back after a reload. */
export const diagramPages: TextDocumentContentProvider = {
	provideTextDocumentContent: (page) => fenced(page.query, "mermaid"),
};
