import * as v from "valibot";
import { commands, extensions, Uri, type TextDocumentContentProvider } from "vscode";
import { fenced } from "../../protocol/text/markdownText";
import { UserError } from "../base/userError";
import { t } from "../../wording/localize";
import { formatCount } from "../../wording/format";

/** The URI scheme of pages that show a diagram. */
export const diagramPageScheme = "local-llm-diagram";

const extendsMarkdown = v.object({
	contributes: v.object({ "markdown.markdownItPlugins": v.literal(true) }),
});

/** VS Code does not draw longer diagrams (`markdown-mermaid.maxTextSize`, in UTF-16 units). */
const longestDiagram = 50_000;

/**
 * Returns whether an extension adds Mermaid diagrams to VS Code's Markdown preview. Newer versions of VS Code include
 * one.
 */
export function canDrawDiagrams(): boolean {
	return extensions.all.some(
		({ id, packageJSON }) => /mermaid/i.test(id) && v.is(extendsMarkdown, packageJSON),
	);
}

/**
 * Opens a diagram in VS Code's Markdown preview.
 *
 * @throws {UserError} if the diagram is too long to draw
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

/** Provides pages with one diagram each. The URI contains the diagram's source, so that a page survives a reload. */
export const diagramPages: TextDocumentContentProvider = {
	provideTextDocumentContent: (page) => fenced(page.query, "mermaid"),
};
