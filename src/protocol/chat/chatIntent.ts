import * as v from "valibot";
import { idSchema as id } from "../idSchema";
import { settingRanges } from "../settingRanges";
import { maxTextLength } from "../text/textLimit";
import { unsentTextSchema } from "./unsentText";

const text = v.pipe(v.string(), v.maxLength(maxTextLength));

const settings = v.object({
	systemPrompt: v.pipe(v.string(), v.maxLength(settingRanges.systemPrompt.maxLength)),
	maxTokens: v.pipe(
		v.number(),
		v.integer(),
		v.minValue(settingRanges.maxTokens.min),
		v.maxValue(settingRanges.maxTokens.max),
	),
	temperature: v.pipe(
		v.number(),
		v.minValue(settingRanges.temperature.min),
		v.maxValue(settingRanges.temperature.max),
	),
	streaming: v.boolean(),
	markdown: v.boolean(),
});

/**
 * What the user did in the view, parsed by the host: the view shows model output, so it is not trusted.
 *
 * One way: nothing is answered. What comes of an intent arrives as a `ChatEvent`.
 */
export const chatIntentSchema = v.variant("type", [
	/** The page's script listens; answered by a snapshot. */
	v.object({ type: v.literal("ready") }),
	/** An event was lost; answered by a snapshot. */
	v.object({ type: v.literal("resync"), haveRevision: v.pipe(v.number(), v.integer()) }),
	/** This view's page got the keyboard's focus or lost it. */
	v.object({ type: v.literal("focusMoved"), hasFocus: v.boolean() }),
	/** What is typed in this view; it comes with the next snapshot that its page asks for. */
	v.object({ type: v.literal("keepUnsent"), unsent: unsentTextSchema }),
	/** What lies in this view's composer, as it is typed: for what goes on meanwhile. It is not kept. */
	v.object({ type: v.literal("draftTyped"), text }),
	/** Asks for a larger context for the model. */
	v.object({ type: v.literal("enlargeContext") }),
	/** Goes on in a new conversation, which begins with a summary of this one. */
	v.object({ type: v.literal("summarize") }),
	/** Sends a message with the code attached so far. `text` may be empty when there is code. */
	v.object({ type: v.literal("submit"), turnId: id, text }),
	/** Ends whatever runs for the current answer: download, load, prefill, or decode. */
	v.object({ type: v.literal("stop") }),
	/** Ends the thought of the running answer, so that its reply begins. */
	v.object({ type: v.literal("answerNow"), answerId: id }),
	/** Asks how much the model is to think. */
	v.object({ type: v.literal("chooseThinking") }),
	/** Generates the last, failed answer again, or sends the refused message again. */
	v.object({ type: v.literal("retry") }),
	/** Sets `localLlm.gpu` to "off" and retries. */
	v.object({ type: v.literal("retryOnCpu") }),
	v.object({ type: v.literal("dismissRefusal") }),
	v.object({ type: v.literal("clear") }),
	/** Has back what was cleared or deleted a moment ago. */
	v.object({ type: v.literal("undo") }),
	v.object({ type: v.literal("newChat") }),
	v.object({ type: v.literal("showHistory") }),
	/** Asks for a new title. */
	v.object({ type: v.literal("renameChat") }),
	/** Generates another answer to the question before this one. */
	v.object({ type: v.literal("regenerate"), answerId: id }),
	/** Lets an answer that broke off go on. */
	v.object({ type: v.literal("continue"), answerId: id }),
	/** Sends another version of one's own message, `turnId`, in place of `editedId`. Its code goes along again. */
	v.object({ type: v.literal("edit"), editedId: id, turnId: id, text }),
	/** Shows another version of a turn: one of its `versions`. */
	v.object({ type: v.literal("showVersion"), turnId: id }),
	/** Deletes a turn with all that follows it. */
	v.object({ type: v.literal("deleteTurn"), turnId: id }),
	/** Sends the queued message, which waits because the answer before it failed or was stopped. */
	v.object({ type: v.literal("sendQueued") }),
	/** Takes the queued message back. */
	v.object({ type: v.literal("removeQueued") }),
	/** Opens the file that was set aside because parts of it could not be read. */
	v.object({ type: v.literal("showDamagedFile") }),
	v.object({ type: v.literal("attachSelection") }),
	/** Has pasted text go along with the next message, as a piece of its own. */
	v.object({ type: v.literal("attachText"), attachmentId: id, text }),
	v.object({ type: v.literal("removeAttachment"), attachmentId: id }),
	/** Opens the code that an attachment was taken from. */
	v.object({ type: v.literal("revealAttachment"), attachmentId: id }),
	v.object({ type: v.literal("chooseModel") }),
	v.object({ type: v.literal("copyText"), text }),
	/** Puts code at the cursor of the last active editor, as one undoable edit. */
	v.object({ type: v.literal("insertCode"), text }),
	/** Draws a Mermaid diagram in VS Code's Markdown preview. */
	v.object({ type: v.literal("openDiagram"), text }),
	v.object({
		type: v.literal("openLink"),
		url: v.pipe(v.string(), v.maxLength(8192), v.url(), v.regex(/^https?:/i)),
	}),
	/** Writes the dialog's settings at user level. */
	v.object({ type: v.literal("saveSettings"), settings }),
	/** Opens VS Code's own Settings editor, filtered. */
	v.object({ type: v.literal("openVsCodeSettings") }),
	v.object({ type: v.literal("showLog") }),
	/** Opens what is known of a crash. */
	v.object({ type: v.literal("showCrashReport"), reportId: id }),
]);

export type ChatIntent = v.InferOutput<typeof chatIntentSchema>;
