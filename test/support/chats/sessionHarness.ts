import { setImmediate } from "node:timers/promises";
import { DisposableStore } from "../../../src/extension/base/disposableStore";
import type {
	AttachmentsKeeper,
	ChatAttachments,
} from "../../../src/extension/chat/chatAttachments";
import type { ChatSession } from "../../../src/extension/chat/chatSession";
import type { ChatStore } from "../../../src/extension/chat/chatStore";
import type { ShownChat } from "../../../src/extension/chat/shownChat";
import type { OpenedChat } from "../../../src/extension/conversation/chatLibrary";
import type { AssistantTurn, ChatSettings } from "../../../src/protocol/chat/chat";
import type { ChatId } from "../../../src/protocol/chat/ids";
import type { ChatFact } from "../../../src/protocol/chat/chatEvent";
import type { AttachedCode } from "../../../src/extension/conversation/attachedCode";
import { settingsState } from "../view/chatStates";
import { ChatWindow } from "./chatWindow";
import { ManualClock } from "../manualClock";
import { MemoryChatLibrary } from "./memoryChatLibrary";
import { MemoryShelf } from "./memoryShelf";
import { RecordedLog } from "../recordedLog";
import { SteppedLanguageModel } from "../scripted/steppedLanguageModel";

export const stats = {
	promptTokens: 10,
	evaluatedTokens: 10,
	answerTokens: 2,
	firstTokenMs: 5,
	decodeMs: 5,
};

/** A window whose language model waits for the test at every step, with everything that the session published. */
export class SessionHarness {
	readonly clock = new ManualClock();
	readonly languageModel = new SteppedLanguageModel();
	readonly log = new RecordedLog();
	readonly facts: ChatFact[] = [];
	readonly library: MemoryChatLibrary;
	readonly #owned = new DisposableStore();
	#window: ChatWindow | undefined;

	private constructor(shelf: MemoryShelf) {
		this.library = new MemoryChatLibrary(shelf);
	}

	/**
	 * @param shelf shared with other windows
	 * @param lastChatId the chat that this window showed before its reload
	 * @param attachmentsKeeper keeps the code that is attached in the message box; by default, nothing keeps it
	 */
	static async start(
		shelf = new MemoryShelf(),
		lastChatId?: ChatId,
		attachmentsKeeper?: AttachmentsKeeper,
	): Promise<SessionHarness> {
		const harness = new SessionHarness(shelf);
		const { languageModel, library, clock, log } = harness;
		const settings = settingsState();
		const window = await ChatWindow.open({
			languageModel,
			library,
			settings,
			clock,
			log,
			lastChatId,
			attachmentsKeeper,
		});
		harness.#window = window;
		harness.#owned.own(window.store.onDidPublish((fact) => harness.facts.push(fact)));
		return harness;
	}

	get window(): ChatWindow {
		if (!this.#window) {
			throw new Error("The window is not open.");
		}
		return this.#window;
	}

	get store(): ChatStore {
		return this.window.store;
	}

	get attachments(): ChatAttachments {
		return this.window.attachments;
	}

	get shown(): ShownChat {
		return this.window.shown;
	}

	get session(): ChatSession {
		return this.window.session;
	}

	/** The chat that a reload of the window shows. */
	get lastChatId(): ChatId | undefined {
		return this.window.lastChatId;
	}

	/** The chat that is shown. */
	get chat(): OpenedChat {
		const { chat } = this.shown;
		if (!chat) {
			throw new Error("No conversation is shown.");
		}
		return chat;
	}

	/** The texts on the visible path. */
	get said(): readonly string[] {
		return this.store.state.turns.map((turn) => (turn.role === "user" ? turn.text : turn.reply));
	}

	set(settings: Partial<ChatSettings>): void {
		const changed = settingsState({ ...this.store.state.settings.effective, ...settings });
		this.store.publish({ type: "settingsChanged", settings: changed });
	}

	/** The last turn, which is an answer. */
	get answer(): AssistantTurn {
		const last = this.store.state.turns.at(-1);
		if (last?.role !== "assistant") {
			throw new Error("The last turn is no answer.");
		}
		return last;
	}

	/** Waits until nothing more can proceed without the test. */
	async settle(): Promise<void> {
		await setImmediate();
	}

	async prepare(): Promise<void> {
		await this.settle();
		const { status, prepares } = this.languageModel;
		prepares.at(-1)!.resolve(status.kind === "ready" ? status.info : undefined);
		await this.settle();
	}

	/** Lets the model see the conversation from a message on, and start the answer. */
	async trim(keptFrom = 1): Promise<void> {
		this.languageModel.trims.at(-1)!.resolve({ keptFrom, promptTokens: 10, contextTokens: 512 });
		await this.settle();
	}

	/** Sends a message and waits until its answer is being generated. */
	async begin(turnId: string, text: string): Promise<void> {
		this.session.submit(turnId, text);
		await this.prepare();
		await this.trim();
	}

	/** Sends a message and completes its answer. */
	async exchange(turnId: string, text: string, reply: string): Promise<void> {
		await this.begin(turnId, text);
		this.say(reply);
		await this.end("complete");
	}

	say(text: string, channel: "reply" | "thought" = "reply"): void {
		this.languageModel.generates.at(-1)!.args.listener.onText(channel, text);
	}

	async end(ending: "complete" | "stopped" | "maxTokens" | "contextFull"): Promise<void> {
		this.languageModel.generates.at(-1)!.resolve({ ending, stats });
		await this.settle();
	}
}

export function attachedCode(id: string, code: string, startLine = 2, endLine = 4): AttachedCode {
	return {
		chip: {
			id,
			label: `math.ts:${startLine + 1}-${endLine + 1}`,
			scope: "selection",
			path: "src/math.ts",
			languageId: "typescript",
		},
		uri: "file:///project/src/math.ts",
		range: { startLine, startCharacter: 0, endLine, endCharacter: 1 },
		code,
	};
}
