import { setImmediate } from "node:timers/promises";
import { DisposableStore } from "../../src/extension/disposableStore";
import { ChatAttachments } from "../../src/extension/chat/chatAttachments";
import { ChatSession } from "../../src/extension/chat/chatSession";
import { ChatStore, emptyChat } from "../../src/extension/chat/chatStore";
import type { AssistantTurn, ChatSettings } from "../../src/protocol/chat";
import type { ChatFact } from "../../src/protocol/chatEvent";
import type { AttachedCode } from "../../src/extension/chat/attachedCode";
import { settingsState } from "./chatStates";
import { ManualClock } from "./manualClock";
import { RecordedLog } from "./recordedLog";
import { SteppedBackend } from "./steppedBackend";

export const stats = {
	promptTokens: 10,
	evaluatedTokens: 10,
	answerTokens: 2,
	firstTokenMs: 5,
	decodeMs: 5,
};

/** A conversation over a backend that the test steps, with everything that it published. */
export class SessionHarness {
	readonly clock = new ManualClock();
	readonly backend = new SteppedBackend();
	readonly log = new RecordedLog();
	readonly facts: ChatFact[] = [];
	readonly #owned = new DisposableStore();
	readonly store: ChatStore;
	readonly attachments: ChatAttachments;
	readonly session: ChatSession;

	constructor() {
		this.store = new ChatStore(emptyChat(this.backend.status, settingsState()));
		this.attachments = new ChatAttachments(this.store);
		const { store, attachments, backend, clock, log } = this;
		this.session = new ChatSession({ store, attachments, backend, clock, log });
		this.#owned.own(store.onDidPublish((fact) => this.facts.push(fact)));
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

	/** Lets everything that can go on go on. */
	async settle(): Promise<void> {
		await setImmediate();
	}

	async prepare(): Promise<void> {
		await this.settle();
		const { status, prepares } = this.backend;
		prepares.at(-1)!.resolve(status.kind === "ready" ? status.info : undefined);
		await this.settle();
	}

	async fit(keptFrom = 1): Promise<void> {
		this.backend.fits.at(-1)!.resolve({ keptFrom, promptTokens: 10, contextTokens: 512 });
		await this.settle();
	}

	/** Brings a message to where its answer is being generated. */
	async begin(turnId: string, text: string): Promise<void> {
		this.session.submit(turnId, text);
		await this.prepare();
		await this.fit();
	}

	/** A whole exchange. */
	async exchange(turnId: string, text: string, reply: string): Promise<void> {
		await this.begin(turnId, text);
		this.say(reply);
		await this.end("complete");
	}

	say(text: string, channel: "reply" | "thought" = "reply"): void {
		this.backend.generates.at(-1)!.args.listener.onText(channel, text);
	}

	async end(ending: "complete" | "stopped" | "maxTokens" | "contextFull"): Promise<void> {
		this.backend.generates.at(-1)!.resolve({ ending, stats });
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
