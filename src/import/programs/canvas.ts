import { Script } from "node:vm";
import * as v from "valibot";
import { fenced } from "../../protocol/text/markdownText";
import { completeElsewhere, type ImportedContent, type ImportedNode } from "../importedChat";
import { maxTextLength } from "../../protocol/text/textLimit";
import { maxChatLength } from "../importLimits";
import { paragraphs } from "../importedText";
import { entriesOf, flag, parsed, text } from "../json/lenient";
import type { TreeOrder } from "./treeOrder";

/** An answer's change to the document beside the conversation (ChatGPT's canvas). */
export type CanvasChange =
	| { readonly kind: "create"; readonly document: CanvasDocument }
	| { readonly kind: "update"; readonly updates: readonly CanvasUpdate[] }
	| {
			readonly kind: "comment";
			readonly comments: readonly { readonly pattern: string; readonly comment: string }[];
	  };

interface CanvasDocument {
	readonly name: string;
	/** "document", or "code/" followed by a language. */
	readonly type: string;
	readonly content: string;
}

interface CanvasUpdate {
	/** A Python regular expression. */
	readonly pattern: string;
	readonly multiple: boolean;
	readonly replacement: string;
}

/** An answer whose text depends on the current state of the document. */
export interface CanvasContent {
	readonly kind: "canvas";
	readonly atMs: number | undefined;
	readonly change: CanvasChange;
}

/** Updates or comments in one message. */
const mostChanges = 200;

const createSchema = v.object({ name: text, type: text, content: v.string() });
const updatesSchema = v.object({ updates: v.array(v.unknown()) });
const updateSchema = v.object({ pattern: v.string(), multiple: flag, replacement: v.string() });
const commentsSchema = v.object({ comments: v.array(v.unknown()) });
const commentSchema = v.object({ pattern: text, comment: v.string() });

/** Returns the change that a message to the tool "canmore" makes; `undefined` if it is unreadable. */
export function canvasChange(recipient: string, call: string): CanvasChange | undefined {
	let json: unknown;
	try {
		json = JSON.parse(call);
	} catch {
		return undefined;
	}
	switch (recipient) {
		case "canmore.create_textdoc": {
			const created = parsed(createSchema, json);
			return (
				created && {
					kind: "create",
					document: {
						name: oneLine(created.name),
						type: created.type ?? "document",
						content: created.content,
					},
				}
			);
		}
		case "canmore.update_textdoc": {
			const updates = entriesOf(
				updateSchema,
				parsed(updatesSchema, json)?.updates.slice(0, mostChanges),
			);
			return updates.length === 0
				? undefined
				: {
						kind: "update",
						updates: updates.map((update) => ({ ...update, multiple: update.multiple === true })),
					};
		}
		case "canmore.comment_textdoc": {
			const comments = entriesOf(
				commentSchema,
				parsed(commentsSchema, json)?.comments.slice(0, mostChanges),
			);
			return comments.length === 0
				? undefined
				: {
						kind: "comment",
						comments: comments.map(({ pattern, comment }) => ({
							pattern: oneLine(pattern),
							comment: comment.trim(),
						})),
					};
		}
		default:
			return undefined;
	}
}

/** Remaining time for regular expressions, in milliseconds, shared by all conversations of a file. */
export interface PatternBudget {
	patternMs: number;
}

/** The same, with the UTF-16 units that replacements may still produce in one conversation. */
interface Budget {
	readonly file: PatternBudget;
	units: number;
}

/** Returns the nodes with the text of the document at that point inserted into the answers. */
export function withCanvases(
	order: TreeOrder<ImportedNode<ImportedContent | CanvasContent>>,
	file: PatternBudget,
): TreeOrder<ImportedNode> {
	const documents = new Map<string, CanvasDocument>();
	const budget: Budget = { file, units: maxChatLength };
	const nodes = order.nodes.map(({ node, parentKey }) => {
		const before = parentKey === null ? undefined : documents.get(parentKey);
		const { content } = node;
		const after =
			content.kind === "canvas" ? documentAfter(before, content.change, budget) : before;
		const document = after ?? before;
		if (document) {
			documents.set(node.key, document);
		}
		return {
			node: {
				...node,
				content: content.kind === "canvas" ? answerOf(content, after, document?.name) : content,
			},
			parentKey,
		};
	});
	return { nodes, moved: order.moved };
}

/** Returns the document after a change; `undefined` if it cannot be determined. */
function documentAfter(
	before: CanvasDocument | undefined,
	change: CanvasChange,
	budget: Budget,
): CanvasDocument | undefined {
	if (change.kind === "create") {
		return change.document;
	}
	if (change.kind === "comment") {
		return before;
	}
	let content = before?.content;
	for (const update of change.updates) {
		const after = updated(content, update, budget);
		if (after === undefined) {
			return undefined;
		}
		content = after;
	}
	budget.units -= content?.length ?? 0;
	return content === undefined || budget.units < 0
		? undefined
		: { name: before?.name ?? "", type: before?.type ?? "document", content };
}

function updated(
	content: string | undefined,
	{ pattern, multiple, replacement }: CanvasUpdate,
	{ file }: Budget,
): string | undefined {
	if (/^(?:\(\?s\))?\^?(?:\.\*|\[\\s\\S\]\*)\$?$/.test(pattern)) {
		return replacement;
	}
	if (content === undefined || file.patternMs <= 0) {
		return undefined;
	}
	const startedAt = performance.now();
	const after = replaced(content, pattern, multiple, replacement);
	file.patternMs -= performance.now() - startedAt;
	return after;
}

/** Time limit of one regular expression, in milliseconds. It comes from an untrusted file. */
const patternMs = 100;
const replacing = new Script(
	'content.replace(new RegExp(pattern, multiple ? "gs" : "s"), (...match) => expand(match))',
);

function replaced(
	content: string,
	pattern: string,
	multiple: boolean,
	replacement: string,
): string | undefined {
	let units = 0;
	const expand = (match: readonly unknown[]): string => {
		const text = expanded(replacement, match);
		units += text.length;
		if (units > maxTextLength) {
			throw new RangeError("The document grows too long");
		}
		return text;
	};
	try {
		// Only a VM context can stop a search that takes too long (Node 20).
		const result: unknown = replacing.runInNewContext(
			{ content, pattern, multiple, expand },
			{ timeout: patternMs },
		);
		return typeof result === "string" ? result : undefined;
	} catch {
		return undefined;
	}
}

/** Returns a replacement with its groups expanded, as Python's `Match.expand` does. */
function expanded(replacement: string, match: readonly unknown[]): string {
	const group = (number: string): string => {
		const found = match[Number(number)];
		return typeof found === "string" ? found : "";
	};
	return replacement.replace(
		/\\(?:g<(\d{1,2})>|(\d{1,2})|(\\))/g,
		(_, named?: string, plain?: string) =>
			named === undefined && plain === undefined ? "\\" : group(named ?? plain ?? ""),
	);
}

function answerOf(
	{ atMs, change }: CanvasContent,
	document: CanvasDocument | undefined,
	name = "",
): ImportedContent {
	return {
		kind: "answer",
		atMs,
		thought: "",
		thoughtDurationMs: null,
		reply: replyOf(change, document, name),
		outcome: completeElsewhere,
	};
}

function replyOf(change: CanvasChange, document: CanvasDocument | undefined, name: string): string {
	if (change.kind === "comment") {
		const comments = change.comments.map(
			({ pattern, comment }) =>
				`- ${pattern === "" ? "" : `\`${pattern.replace(/`/g, "")}\`: `}${comment}`,
		);
		return paragraphs([`**Comments${name === "" ? "" : ` on ${name}`}**`, comments.join("\n")]);
	}
	if (!document) {
		const parts =
			change.kind === "update" ? change.updates.map(({ replacement }) => replacement) : [];
		return paragraphs([
			`**Changed in ${name === "" ? "the document" : name}**`,
			...parts.map((part) => fenced(part, "")),
		]);
	}
	const language = /^code\/(.+)$/.exec(document.type)?.[1];
	return paragraphs([
		name === "" ? "" : `**${name}**`,
		language === undefined ? document.content : fenced(document.content, codeName(language)),
	]);
}

/** Returns Markdown's name for the language of a document. */
function codeName(language: string): string {
	return language === "react" ? "jsx" : language;
}

function oneLine(words: string | null | undefined): string {
	return (words ?? "")
		.slice(0, 300)
		.replace(/[\s*_[\]<>]+/g, " ")
		.trim();
}
