import { randomUUID } from "node:crypto";
import type { Clock } from "../base/clock";
import { titleOf } from "../conversation/title";
import type { Conversation } from "../conversation/conversation";
import type { ShownChat } from "../chat/shownChat";

/** What a title gets that is taken over from another conversation. */
const continued = " (continued)";

/**
 * Shows a new conversation that begins with the summary of another one, as an answer to the question for it: the model
 * reads it like anything that it said, and a person can edit the question, ask again, or delete both.
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
