import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Stands in for `wording/catalog.ts` in the host's bundles, and has its names for that. */
const standIn = "extension/ui/hostCatalog.ts";

/** @returns the names that a file exports. */
function exportedNames(file: string): readonly string[] {
	const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
	return source.statements.flatMap((statement) => {
		if (ts.isExportDeclaration(statement) && statement.exportClause) {
			return ts.isNamedExports(statement.exportClause)
				? statement.exportClause.elements.map(({ name }) => name.text)
				: [statement.exportClause.name.text];
		}
		const isExported =
			ts.canHaveModifiers(statement) &&
			ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
		if (!isExported) {
			return [];
		}
		const declarations = ts.isVariableStatement(statement)
			? statement.declarationList.declarations
			: [statement as ts.DeclarationStatement];
		return declarations.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
	});
}

describe("an exported name", () => {
	it("has one meaning: no two files of src export the same", () => {
		const files = new Map<string, Set<string>>();
		for (const file of readdirSync("src", { recursive: true, encoding: "utf8" })) {
			if (!file.endsWith(".ts") || file.replaceAll(path.sep, "/") === standIn) {
				continue;
			}
			for (const name of exportedNames(path.join("src", file))) {
				files.set(name, (files.get(name) ?? new Set()).add(file));
			}
		}
		const twice = [...files].filter(([, where]) => where.size > 1);
		assert.ok(files.size > 1000);
		assert.deepEqual(
			twice.map(([name, where]) => `${name}: ${[...where].join(", ")}`),
			[],
		);
	});
});
