import assert from "node:assert/strict";
import * as v from "valibot";
import { dispatchIntent, type ChatActions } from "../../../../src/extension/view/dispatchIntent";
import type { UserIntent } from "../../../../src/extension/view/viewChannel";
import { chatIntentSchema } from "../../../../src/protocol/chat/chatIntent";

const settings = {
	systemPrompt: "",
	maxTokens: 1,
	temperature: 0,
	streaming: true,
	markdown: true,
};

/** An intent of every kind, with the arguments that its action gets. */
const intents: readonly (readonly [UserIntent, ...unknown[]])[] = [
	[{ type: "submit", turnId: "u1", text: "Hello" }, "u1", "Hello"],
	[{ type: "stop" }],
	[{ type: "retry" }],
	[{ type: "retryOnCpu" }],
	[{ type: "dismissRefusal" }],
	[{ type: "clear" }],
	[{ type: "undo" }],
	[{ type: "newChat" }],
	[{ type: "showHistory" }],
	[{ type: "renameChat" }],
	[{ type: "regenerate", answerId: "a1" }, "a1"],
	[{ type: "continue", answerId: "a1" }, "a1"],
	[{ type: "edit", editedId: "u1", turnId: "u2", text: "Hi" }, "u1", "u2", "Hi"],
	[{ type: "showVersion", turnId: "u1" }, "u1"],
	[{ type: "deleteTurn", turnId: "u1" }, "u1"],
	[{ type: "sendQueued" }],
	[{ type: "removeQueued" }],
	[{ type: "showDamagedFile" }],
	[{ type: "attachSelection" }],
	[{ type: "removeAttachment", attachmentId: "a1" }, "a1"],
	[{ type: "revealAttachment", attachmentId: "a1" }, "a1"],
	[{ type: "chooseModel" }],
	[{ type: "copyText", text: "copy" }, "copy"],
	[{ type: "insertCode", text: "code" }, "code"],
	[{ type: "openLink", url: "https://example.com/" }, "https://example.com/"],
	[{ type: "saveSettings", settings }, settings],
	[{ type: "openVsCodeSettings" }],
	[{ type: "showLog" }],
	[{ type: "showCrashReport", reportId: "r1" }, "r1"],
];

describe("dispatchIntent", () => {
	for (const [intent, ...expected] of intents) {
		it(`calls one action for ${intent.type}`, () => {
			const calls: unknown[][] = [];
			const actions = new Proxy({} as ChatActions, {
				get:
					(_, name) =>
					(...given: unknown[]) => {
						calls.push([name, ...given]);
					},
			});
			void dispatchIntent(v.parse(chatIntentSchema, intent) as UserIntent, actions);
			const name = intent.type === "continue" ? "continueAnswer" : intent.type;
			assert.deepEqual(calls, [[name, ...expected]]);
		});
	}
});
