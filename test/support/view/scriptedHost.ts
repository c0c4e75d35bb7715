import { type ChatState, runningAnswer, type Turn } from "../../../src/protocol/chat/chat";
import { type TurnId } from "../../../src/protocol/chat/ids";
import type { ChatFact } from "../../../src/protocol/chat/chatEvent";
import type { ChatIntent } from "../../../src/protocol/chat/chatIntent";
import { applyFact } from "../../../src/protocol/chat/replica";
import type { ViewState } from "../../../src/webview/state/viewState";
import { chatState, endedTurn, pathOf, preparingTurn, userTurn } from "./chatStates";
import { FakeHostPort } from "./fakeHostPort";

/** A host that fulfills a view's intents at once, with a chat in memory. Answers grow as the test says. */
export class ScriptedHost extends FakeHostPort {
	#chat: ChatState;
	#answers = 0;
	/** The state that Undo restores. */
	#taken: ChatState | undefined;

	constructor(chat: ChatState, kept?: ViewState) {
		super(kept);
		this.#chat = chat;
	}

	get chat(): ChatState {
		return this.#chat;
	}

	override send(intent: ChatIntent): void {
		super.send(intent);
		setTimeout(() => {
			this.#carryOut(intent);
		});
	}

	override publish(...facts: readonly ChatFact[]): void {
		for (const fact of facts) {
			this.#chat = applyFact(this.#chat, fact) ?? this.#chat;
			super.publish(fact);
		}
	}

	/** Appends `text` to the running answer. */
	write(text: string): void {
		const answer = runningAnswer(this.#chat);
		if (answer) {
			const { id: turnId, reply } = answer;
			this.publish({ type: "progressed", turnId, progress: { kind: "decoding" } });
			this.publish({ type: "textAppended", turnId, channel: "reply", offset: reply.length, text });
		}
	}

	/** Ends the running answer, and sends the queued message. */
	end(outcome: Extract<ChatFact, { type: "turnEnded" }>["outcome"]): void {
		const answer = runningAnswer(this.#chat);
		const { queued } = this.#chat;
		if (answer) {
			this.publish({ type: "turnEnded", turnId: answer.id, outcome });
			if (queued && outcome.kind === "complete") {
				this.#sendQueued();
			}
		}
	}

	#carryOut(intent: ChatIntent): void {
		const { turns } = this.#chat;
		switch (intent.type) {
			case "ready":
				this.snapshot(this.#chat);
				break;
			case "submit":
				this.#submit(intent.turnId, intent.text);
				break;
			case "stop":
				this.end({ kind: "stopped", stats: undefined });
				break;
			case "continue":
				this.publish({ type: "answerContinued", turnId: intent.answerId });
				break;
			case "retry":
			case "retryOnCpu":
				this.#branch(turns.slice(0, -1), [this.#newAnswer()]);
				break;
			case "regenerate":
				this.#branch(this.#before(intent.answerId), [this.#newAnswer()]);
				break;
			case "edit":
				this.#branch(this.#before(intent.editedId), [
					userTurn(intent.turnId, intent.text),
					this.#newAnswer(),
				]);
				break;
			case "showVersion":
				this.#branch(this.#before(this.#shownBeside(intent.turnId)), [
					endedTurn(intent.turnId, `This is ${intent.turnId}.`),
				]);
				break;
			case "deleteTurn":
				this.#take({ kind: "deleteTurns", count: 1 }, this.#before(intent.turnId).length);
				break;
			case "clear":
				this.#clear();
				break;
			case "undo":
				this.#undo();
				break;
			case "newChat":
				this.publish({
					type: "chatShown",
					path: pathOf(chatState({ chatId: crypto.randomUUID() })),
				});
				break;
			case "sendQueued":
				this.#sendQueued();
				break;
			case "removeQueued":
				this.publish({ type: "queueChanged", queued: undefined });
				break;
			case "dismissRefusal":
				this.publish({ type: "refusalDismissed" });
				break;
			case "removeAttachment":
				this.publish({
					type: "attachmentsChanged",
					attachments: this.#chat.attachments.filter(({ id }) => id !== intent.attachmentId),
				});
				break;
			default:
				// Tests see effects outside the chat in `sent`.
				break;
		}
	}

	#submit(turnId: TurnId, text: string): void {
		if (runningAnswer(this.#chat)) {
			this.publish({ type: "queueChanged", queued: { turnId, text, attachments: [] } });
		} else {
			const user = userTurn(turnId, text);
			this.publish({ type: "turnStarted", user, answer: this.#newAnswer() });
		}
	}

	#sendQueued(): void {
		const { queued } = this.#chat;
		if (queued) {
			this.publish({ type: "queueChanged", queued: undefined });
			this.#submit(queued.turnId, queued.text);
		}
	}

	#newAnswer() {
		this.#answers += 1;
		return preparingTurn(`answer ${this.#answers}`);
	}

	/**
	 * Shows other turns after the kept ones. The first of them and the turn that it replaces are versions of each other.
	 */
	#branch(kept: readonly Turn[], turns: readonly Turn[]): void {
		const replaced = this.#chat.turns[kept.length]?.id ?? "";
		const [first] = turns;
		const known = this.#chat.versions[replaced] ?? [replaced];
		if (first) {
			const ids = known.includes(first.id) ? known : [...known, first.id];
			const versions = { ...this.#chat.versions, [first.id]: ids };
			this.publish({ type: "pathChanged", keptTurns: kept.length, turns, versions });
		}
	}

	#take(undoable: NonNullable<ChatState["undoable"]>, keptTurns: number): void {
		this.#taken = this.#chat;
		this.publish(
			{ type: "pathChanged", keptTurns, turns: [], versions: this.#chat.versions },
			{ type: "undoOffered", undoable },
		);
	}

	#clear(): void {
		this.#taken = this.#chat;
		this.publish(
			{ type: "chatShown", path: pathOf(chatState({ chatId: crypto.randomUUID() })) },
			{ type: "undoOffered", undoable: { kind: "clear" } },
		);
	}

	#undo(): void {
		const keptTurns = this.#chat.turns.length;
		this.publish({ type: "undoEnded" });
		if (this.#taken && this.#taken.chatId !== this.#chat.chatId) {
			this.publish({ type: "chatShown", path: pathOf(this.#taken) });
		} else if (this.#taken) {
			const turns = this.#taken.turns.slice(keptTurns);
			this.publish({
				type: "pathChanged",
				keptTurns,
				turns,
				versions: { ...this.#taken.versions },
			});
		}
	}

	#before(turnId: TurnId): readonly Turn[] {
		const { turns } = this.#chat;
		return turns.slice(
			0,
			turns.findIndex(({ id }) => id === turnId),
		);
	}

	/** Returns the visible turn that has `turnId` as another version. */
	#shownBeside(turnId: TurnId): TurnId {
		const { turns, versions } = this.#chat;
		return turns.find(({ id }) => versions[id]?.includes(turnId))?.id ?? turnId;
	}
}
