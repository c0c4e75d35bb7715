import type { ChatIntent } from "../../src/protocol/chatIntent";

/** An intent of every type as a view sends it. */
export const intents = {
	ready: { type: "ready" },
	resync: { type: "resync", haveRevision: 7 },
	submit: { type: "submit", turnId: "u1", text: "Hello" },
	stop: { type: "stop" },
	retry: { type: "retry" },
	retryOnCpu: { type: "retryOnCpu" },
	dismissRefusal: { type: "dismissRefusal" },
	clear: { type: "clear" },
	undoClear: { type: "undoClear" },
	attachSelection: { type: "attachSelection" },
	removeAttachment: { type: "removeAttachment", attachmentId: "a1" },
	revealAttachment: { type: "revealAttachment", attachmentId: "a1" },
	chooseModel: { type: "chooseModel" },
	copyText: { type: "copyText", text: "copy" },
	insertCode: { type: "insertCode", text: "code" },
	openLink: { type: "openLink", url: "https://example.com/" },
	saveSettings: {
		type: "saveSettings",
		settings: { systemPrompt: "", maxTokens: 1, temperature: 0, streaming: true, markdown: true },
	},
	openVsCodeSettings: { type: "openVsCodeSettings" },
	showLog: { type: "showLog" },
} as const satisfies { [Type in ChatIntent["type"]]: Extract<ChatIntent, { type: Type }> };
