import type { AttachmentChip, ChatState, Turn } from "../../../src/protocol/chat/chat";
import type { InferenceFailure } from "../../../src/protocol/failure";
import {
	chatState,
	endedTurn,
	readyModel,
	runningTurn,
	settingsState,
	userTurn,
} from "../view/chatStates";

/** Returns all failures that contain words of programs, files, hosts, or settings, with `text` in place of each. */
function failuresSaying(text: string): readonly InferenceFailure[] {
	return [
		{
			kind: "processCrashed",
			exitCode: 1,
			signal: text,
			lastLines: [text, text],
			onGpu: true,
			reportId: "c1",
			recovery: "none",
		},
		{ kind: "modelSettingInvalid", value: text },
		{ kind: "modelFileMissing", path: text },
		{ kind: "unsupportedArchitecture", path: text, architecture: text },
		{ kind: "modelUnreadable", path: text, reason: text },
		{ kind: "engineUnavailable", reason: text },
		{ kind: "internal", message: text },
		{ kind: "downloadFailed", host: text, detail: text, cause: { kind: "other" } },
		{
			kind: "downloadFailed",
			host: text,
			detail: text,
			cause: { kind: "noSuchQuantization", available: [text, text] },
		},
		{
			kind: "downloadFailed",
			host: text,
			detail: text,
			cause: { kind: "tokenNeeded", page: text },
		},
		{
			kind: "downloadFailed",
			host: text,
			detail: text,
			cause: { kind: "folderUnwritable", directory: text },
		},
	];
}

/** Returns a chat that contains `texts` wherever foreign text can appear, with Markdown off. */
export function wordsEverywhere(texts: readonly string[]): ChatState {
	const all = texts.join("\n");
	return chatState({
		turns: texts.flatMap(turnsSaying),
		attachments: texts.flatMap(chipsSaying),
		refusal: { turnId: "refused", text: all, failure: { kind: "internal", message: all } },
		settings: settingsState({ systemPrompt: all, markdown: false }),
		model: {
			kind: "ready",
			info: {
				...readyModel.info,
				name: all,
				path: all,
				architecture: all,
				deviceReasons: [{ kind: "noLayerFits", deviceNames: texts }],
				device: {
					kind: "gpu",
					backend: "vulkan",
					deviceNames: texts,
					gpuLayers: 1,
					totalLayers: 1,
					threads: 1,
				},
			},
		},
	});
}

function turnsSaying(text: string, index: number): readonly Turn[] {
	const attachments = chipsSaying(text, index);
	const answer = { ...endedTurn(`a${index}`, text), thought: text, thoughtDurationMs: 1000 };
	return [
		userTurn(`u${index}`, text, { attachments }),
		answer,
		userTurn(`chips ${index}`, "", { attachments }),
		...failuresSaying(text).map((failure, at) =>
			endedTurn(`failure ${index} ${at}`, text, { kind: "failed", failure }),
		),
	];
}

function chipsSaying(text: string, index: number): readonly AttachmentChip[] {
	return (["selection", "symbol", "file"] as const).map((scope) => ({
		id: `${scope} ${index}`,
		label: text,
		scope,
		path: text,
		languageId: text,
	}));
}

/** Returns a chat whose answer has just started, with Markdown off. */
export function beginningAnswer(): ChatState {
	return chatState({
		turns: [userTurn("u", "Question"), runningTurn("a")],
		settings: settingsState({ markdown: false }),
	});
}
