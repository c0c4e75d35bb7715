import assert from "node:assert/strict";
import * as v from "valibot";
import { performIntent, type IntentHandlers } from "../../../../src/extension/view/performIntent";
import type { UserIntent } from "../../../../src/extension/view/viewChannel";
import { chatIntentSchema } from "../../../../src/protocol/chat/chatIntent";

const settings = {
	systemPrompt: "",
	maxTokens: 1,
	temperature: 0,
	streaming: true,
	markdown: true,
};

/** An intent of every type that has data, and of some that have none. */
const intents: readonly UserIntent[] = [
	{ type: "submit", turnId: "u1", text: "Hello" },
	{ type: "stop" },
	{ type: "retry" },
	{ type: "retryOnCpu" },
	{ type: "dismissRefusal" },
	{ type: "clear" },
	{ type: "undo" },
	{ type: "newChat" },
	{ type: "showHistory" },
	{ type: "renameChat" },
	{ type: "regenerate", answerId: "a1" },
	{ type: "continue", answerId: "a1" },
	{ type: "edit", editedId: "u1", turnId: "u2", text: "Hi" },
	{ type: "showVersion", turnId: "u1" },
	{ type: "deleteTurn", turnId: "u1" },
	{ type: "sendQueued" },
	{ type: "removeQueued" },
	{ type: "showDamagedFile" },
	{ type: "attachSelection" },
	{ type: "removeAttachment", attachmentId: "a1" },
	{ type: "revealAttachment", attachmentId: "a1" },
	{ type: "chooseModel" },
	{ type: "copyText", text: "copy" },
	{ type: "insertCode", text: "code" },
	{ type: "openLink", url: "https://example.com/" },
	{ type: "saveSettings", settings },
	{ type: "openVsCodeSettings" },
	{ type: "showLog" },
	{ type: "showCrashReport", reportId: "r1" },
];

describe("performIntent", () => {
	for (const intent of intents) {
		it(`calls only the handler of ${intent.type}, with the intent`, () => {
			const calls: unknown[][] = [];
			const handlers = new Proxy({} as IntentHandlers, {
				get:
					(_, name) =>
					(...given: unknown[]) => {
						calls.push([name, ...given]);
					},
			});
			const parsed = v.parse(chatIntentSchema, intent) as UserIntent;
			void performIntent(handlers, parsed);
			assert.deepEqual(calls, [[intent.type, intent]]);
		});
	}
});
