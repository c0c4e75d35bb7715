import { emptyChat } from "../../../src/extension/chat/chatStore";
import { chatSettingsOf, defaultSettings } from "../../../src/extension/settings/settingsSchema";
import type {
	AnswerStats,
	AssistantTurn,
	AttachmentChip,
	ChatPath,
	ChatSettings,
	ChatState,
	TurnOutcome,
	UserTurn,
} from "../../../src/protocol/chat/chat";
import type { ContextUse } from "../../../src/protocol/chat/contextUse";
import type { InferenceFailure } from "../../../src/protocol/failure";
import type { ModelStatus } from "../../../src/protocol/inference/model";

export const readyModel = {
	kind: "ready",
	info: {
		name: "tiny-chat",
		path: "/models/tiny-chat.gguf",
		fileBytes: 4_100_000,
		architecture: "llama",
		contextTokens: 512,
		trainedContextTokens: 512,
		contextBytesPerToken: 1000,
		memoryBytes: { ram: 2_000_000, gpu: 0 },
		device: { kind: "cpu", threads: 1 },
		deviceReasons: [{ kind: "noBackendWorks" }],
		thinking: { kind: "none" },
		templateStandIn: undefined,
	},
} as const satisfies ModelStatus;

/** A loaded model that thinks before it answers. */
export const thinkingModel = {
	kind: "ready",
	info: {
		...readyModel.info,
		thinking: { kind: "thinks", byDefault: true, canTurnOff: true, canEnd: true },
	},
} as const satisfies ModelStatus;

export const chatSettings: ChatSettings = chatSettingsOf(defaultSettings);

export const answerStats: AnswerStats = {
	promptTokens: 20,
	evaluatedTokens: 20,
	answerTokens: 45,
	firstTokenMs: 100,
	decodeMs: 100,
};

export const crash: InferenceFailure = {
	kind: "processCrashed",
	exitCode: null,
	signal: "SIGABRT",
	lastLines: ["GGML_ASSERT failed"],
	onGpu: true,
	reportId: "report",
	recovery: "none",
};

export const selectionChip: AttachmentChip = {
	id: "chip-1",
	label: "math.ts:3-5",
	scope: "selection",
	path: "src/math.ts",
	languageId: "typescript",
};

/** Returns an empty chat with a loaded model, with `changes` applied. */
export function chatState(changes: Partial<ChatState> = {}): ChatState {
	return {
		...emptyChat(readyModel, settingsState()),
		chatId: "chat",
		access: { kind: "open" },
		codeSource: { name: "math.ts", isReading: false },
		...changes,
	};
}

/** Returns the part of the state that changes when another chat is shown. */
export function pathOf(chat: ChatState): ChatPath {
	const { chatId, title, turns, versions, queued, access, notices } = chat;
	return { chatId, title, turns, versions, queued, access, notices };
}

/** Returns the default settings, with `changes` applied. */
export function settingsState(changes: Partial<ChatSettings> = {}): ChatState["settings"] {
	const settings = { ...chatSettings, ...changes };
	return { effective: settings, user: settings, overriddenByWorkspace: [], thinking: "auto" };
}

export function userTurn(id: string, text: string, changes: Partial<UserTurn> = {}): UserTurn {
	return { role: "user", id, text, attachments: [], ...changes };
}

export function runningTurn(
	id: string,
	reply = "",
	changes: Partial<AssistantTurn> = {},
): AssistantTurn {
	return {
		role: "assistant",
		id,
		startedAtMs: Date.now(),
		thought: "",
		thoughtDurationMs: undefined,
		reply,
		state: { kind: "running", progress: { kind: "decoding" } },
		...changes,
	};
}

/** Returns an answer whose model is still loading. */
export function preparingTurn(id: string): AssistantTurn {
	return runningTurn(id, "", { state: { kind: "running", progress: { kind: "preparing" } } });
}

export function endedTurn(
	id: string,
	reply: string,
	outcome: TurnOutcome = { kind: "complete", stats: answerStats },
): AssistantTurn {
	return runningTurn(id, reply, { state: { kind: "ended", outcome } });
}

/** A quarter of the context is used. */
export const contextUse: ContextUse = {
	contextTokens: 8_192,
	trainedContextTokens: 131_072,
	systemTokens: 12,
	historyTokens: 1_024,
	attachmentTokens: 1_000,
	draftTokens: 12,
	draftLength: 0,
	longestAttachmentId: undefined,
	reserveTokens: 2_048,
};
