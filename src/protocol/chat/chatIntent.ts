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
 * What the user did in the view. The host parses it, because the view shows model output and is therefore not trusted.
 *
 * Intents are one-way and have no answer. Their effects arrive as `ChatEvent`s.
 */
export const chatIntentSchema = v.variant("type", [
	/** The page's script is listening. The host answers with a snapshot. */
	v.object({ type: v.literal("ready") }),
	/** An event was lost. The host answers with a snapshot. */
	v.object({ type: v.literal("resync"), haveRevision: v.pipe(v.number(), v.integer()) }),
	/** This view's page gained or lost the keyboard focus. */
	v.object({ type: v.literal("focusMoved"), hasFocus: v.boolean() }),
	/** The unsent text of this view. It is part of the next snapshot that its page requests. */
	v.object({ type: v.literal("keepUnsent"), unsent: unsentTextSchema }),
	/** The draft in this view while it is typed, for counting tokens and preloading. It is not stored. */
	v.object({ type: v.literal("draftTyped"), text }),
	/** Asks for a larger context for the model. */
	v.object({ type: v.literal("enlargeContext") }),
	/** Continues in a new chat that begins with a summary of this one. */
	v.object({ type: v.literal("summarize") }),
	/** Sends a message with the attached code. `text` may be empty if there is code. */
	v.object({ type: v.literal("submit"), turnId: id, text }),
	/** Stops whatever is running for the current answer: download, load, prefill, or decode. */
	v.object({ type: v.literal("stop") }),
	/** Ends the thought of the running answer, so that its reply begins. */
	v.object({ type: v.literal("answerNow"), answerId: id }),
	/** Asks how much the model should think. */
	v.object({ type: v.literal("chooseThinking") }),
	/** Generates the last, failed answer again, or resends the refused message. */
	v.object({ type: v.literal("retry") }),
	/** Sets `localLlm.gpu` to "off" and retries. */
	v.object({ type: v.literal("retryOnCpu") }),
	v.object({ type: v.literal("dismissRefusal") }),
	v.object({ type: v.literal("clear") }),
	/** Restores the latest cleared or deleted messages. */
	v.object({ type: v.literal("undo") }),
	v.object({ type: v.literal("newChat") }),
	v.object({ type: v.literal("showHistory") }),
	/** Asks for a new title. */
	v.object({ type: v.literal("renameChat") }),
	/** Generates another answer to the message before this one. */
	v.object({ type: v.literal("regenerate"), answerId: id }),
	/** Continues an answer that broke off. */
	v.object({ type: v.literal("continue"), answerId: id }),
	/** Sends another version of a message of the user's, `turnId`, in place of `editedId`, with the same code. */
	v.object({ type: v.literal("edit"), editedId: id, turnId: id, text }),
	/** Shows another version of a turn: one of its `versions`. */
	v.object({ type: v.literal("showVersion"), turnId: id }),
	/** Deletes a turn and everything after it. */
	v.object({ type: v.literal("deleteTurn"), turnId: id }),
	/** Sends the queued message, which is waiting because the answer before it failed or was stopped. */
	v.object({ type: v.literal("sendQueued") }),
	/** Takes back the queued message. */
	v.object({ type: v.literal("removeQueued") }),
	/** Opens the damaged file, which was set aside because parts of it could not be read. */
	v.object({ type: v.literal("showDamagedFile") }),
	v.object({ type: v.literal("attachSelection") }),
	/** Attaches pasted text to the next message. */
	v.object({ type: v.literal("attachText"), attachmentId: id, text }),
	v.object({ type: v.literal("removeAttachment"), attachmentId: id }),
	/** Opens the code that an attachment was taken from. */
	v.object({ type: v.literal("revealAttachment"), attachmentId: id }),
	v.object({ type: v.literal("chooseModel") }),
	v.object({ type: v.literal("copyText"), text }),
	/** Inserts code at the cursor of the last active editor, as one undoable edit. */
	v.object({ type: v.literal("insertCode"), text }),
	/** Draws a Mermaid diagram in VS Code's Markdown preview. */
	v.object({ type: v.literal("openDiagram"), text }),
	v.object({
		type: v.literal("openLink"),
		url: v.pipe(v.string(), v.maxLength(8192), v.url(), v.regex(/^https?:/i)),
	}),
	/** Saves the dialog's settings at user level. */
	v.object({ type: v.literal("saveSettings"), settings }),
	/** Opens VS Code's Settings editor at the settings of this extension. */
	v.object({ type: v.literal("openVsCodeSettings") }),
	v.object({ type: v.literal("showLog") }),
	/** Opens the report of a crash. */
	v.object({ type: v.literal("showCrashReport"), reportId: id }),
]);

export type ChatIntent = v.InferOutput<typeof chatIntentSchema>;
