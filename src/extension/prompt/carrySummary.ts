import { randomUUID } from "node:crypto";
import type { Clock } from "../base/clock";
import { titleOf } from "../conversation/title";
import type { Conversation } from "../conversation/conversation";
import type { ShownChat } from "../chat/shownChat";

/** The suffix of a title that is copied from another chat. */
const continued = " (continued)";

/**
 * Shows a new chat that begins with the summary of another one, as the answer to the request for it. The model reads it
 * like any of its answers, and the user can edit the request, regenerate the summary, or delete both.
 */
export async function carrySummary(
	shown: ShownChat,
	from: Conversation,
	{ request, summary }: { readonly request: string; readonly summary: string },
	clock: Clock,
): Promise<void> {
	await shown.startNew();
	const { chat } = shown;
	if (!chat) {
		return;
	}
	const question = randomUUID();
	const now = clock.nowMs();
	const title = titleOf(from);
	chat.write(
		[
			{
				type: "turn",
				parentId: null,
				turn: { role: "user", id: question, sentAtMs: now, text: request, attachments: [] },
			},
			{
				type: "turn",
				parentId: question,
				turn: {
					role: "assistant",
					id: randomUUID(),
					startedAtMs: now,
					thought: "",
					thoughtDurationMs: null,
					reply: summary,
					outcome: { kind: "complete", stats: undefined },
				},
			},
			{
				type: "title",
				text: title.endsWith(continued) ? title : `${title}${continued}`,
				by: "model",
			},
		],
		"durable",
	);
	shown.remember(chat);
	shown.refresh(chat);
}
