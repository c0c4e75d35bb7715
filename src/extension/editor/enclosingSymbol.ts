import {
	commands,
	type DocumentSymbol,
	type Range,
	type SymbolInformation,
	SymbolKind,
	type TextDocument,
} from "vscode";

/** Symbols that are useful as a whole. A variable inside a function says less than the function. */
const bodies: ReadonlySet<SymbolKind> = new Set([
	SymbolKind.Function,
	SymbolKind.Method,
	SymbolKind.Constructor,
	SymbolKind.Class,
	SymbolKind.Interface,
	SymbolKind.Enum,
	SymbolKind.Struct,
	SymbolKind.Module,
	SymbolKind.Namespace,
]);

/** A language server that has just started may be slow, and the user should not have to wait for it. */
const patienceMs = 2_000;

interface FlatSymbol {
	readonly kind: SymbolKind;
	readonly range: Range;
}

/**
 * Returns the smallest function, type, or module that contains `line`, or else the smallest symbol of any kind;
 * `undefined` if there is none or no language support answers in time.
 */
export async function enclosingSymbol(
	document: TextDocument,
	line: number,
): Promise<Range | undefined> {
	const around = (await symbolsOf(document)).filter(
		({ range }) => range.start.line <= line && line <= range.end.line,
	);
	const candidates = around.some(({ kind }) => bodies.has(kind))
		? around.filter(({ kind }) => bodies.has(kind))
		: around;
	// Of two symbols on the same lines, the later one is the inner one.
	return candidates.reduce<FlatSymbol | undefined>(
		(best, next) => (best && lineCount(best) < lineCount(next) ? best : next),
		undefined,
	)?.range;
}

async function symbolsOf(document: TextDocument): Promise<FlatSymbol[]> {
	let timer: NodeJS.Timeout | undefined;
	const impatience = new Promise<undefined>((resolve) => {
		timer = setTimeout(resolve, patienceMs, undefined);
	});
	const answer = commands
		.executeCommand<(DocumentSymbol | SymbolInformation)[] | undefined>(
			"vscode.executeDocumentSymbolProvider",
			document.uri,
		)
		// VS Code rejects documents that it cannot open by their URI, such as search results.
		.then(undefined, () => undefined);
	try {
		return flatten((await Promise.race([answer, impatience])) ?? []);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Flattens the symbols. VS Code returns trees for some languages and flat lists for others; a tree's symbols have both
 * shapes.
 */
function flatten(symbols: readonly (DocumentSymbol | SymbolInformation)[]): FlatSymbol[] {
	return symbols.flatMap((symbol) =>
		"children" in symbol
			? [{ kind: symbol.kind, range: symbol.range }, ...flatten(symbol.children)]
			: [{ kind: symbol.kind, range: symbol.location.range }],
	);
}

function lineCount({ range }: FlatSymbol): number {
	return range.end.line - range.start.line;
}
