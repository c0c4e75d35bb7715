import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { ChatId, ChatState, Turn, TurnId } from "../../protocol/chat";
import type { MessageEdit } from "../../protocol/unsentText";
import { grownAnswer } from "../answerGrowth";
import { isAtRest } from "../atRest";
import { objectionToEditing } from "../chatWording";
import { DrawQueue } from "../drawQueue";
import { readingPosition } from "../readingPosition";
import { ScrollAnchor } from "../scrollAnchor";
import { SettledScroll } from "../settledScroll";
import type { ReadingPosition } from "../viewState";
import "./assistantMessage";
import { AssistantMessage } from "./assistantMessage";
import "./failureCard";
import { LightElement } from "./lightElement";
import { nextFrame } from "./nextFrame";
import { renderBeginning } from "./renderBeginning";
import "./systemMessage";
import "./userMessage";
import { VersionSteps } from "./versionSteps";

declare global {
	interface HTMLElementEventMap {
		/** The reader is somewhere else in the log; without a position: at its end. */
		"position-changed": CustomEvent<{
			readonly chatId: ChatId;
			readonly position: ReadingPosition | undefined;
		}>;
	}
}

const noVersions: readonly TurnId[] = [];

/** The conversation, message by message. */
@customElement("chat-log")
export class ChatLog extends LightElement {
	@property({ attribute: false }) chat: ChatState | undefined;
	@property({ attribute: false }) edits: readonly MessageEdit[] = [];
	@state() private followsEnd = true;
	@query(".log") private readonly scroller!: HTMLElement;
	@query(".log-content") private readonly content!: HTMLElement;
	readonly #drawQueue = new DrawQueue(
		() => performance.now(),
		(slice) => setTimeout(slice),
	);
	readonly #versionSteps = new VersionSteps();
	readonly #scroll = new SettledScroll((chatId) => {
		this.#tellPosition(chatId);
	});
	#anchor: ScrollAnchor | undefined;

	/** Goes to the latest message and stays with it. */
	jumpToEnd(): void {
		this.#anchor?.jumpToEnd();
	}

	/** Goes back to where the reader was; does nothing if that message is gone. */
	async restore(position: ReadingPosition): Promise<void> {
		await nextFrame();
		await this.#drawQueue.empty();
		const turn = this.#turnElement(position.turnId);
		if (!turn) {
			return;
		}
		this.#anchor?.release();
		turn.scrollIntoView({ block: "start" });
		// Only what is in sight has its real height, so how far into the message is known a frame later.
		await nextFrame();
		turn.scrollIntoView({ block: "start" });
		this.scroller.scrollTop += position.offsetPx;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) {
			this.#watch();
		}
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#scroll.dispose();
		this.#anchor?.dispose();
		this.#anchor = undefined;
	}

	protected override firstUpdated(): void {
		this.#watch();
	}

	/** An answer that grows is handed on without a look at the other messages. */
	protected override shouldUpdate(changed: PropertyValues<this>): boolean {
		const before = changed.size === 1 ? changed.get("chat") : undefined;
		const answer = before && this.chat && grownAnswer(before, this.chat);
		const last = answer && this.content.lastElementChild;
		if (last instanceof AssistantMessage && last.turn?.id === answer?.id) {
			last.turn = answer;
			return false;
		}
		return true;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		const before = changed.get("chat");
		if (before && before.chatId !== this.chat?.chatId) {
			// The conversation before is still on the page, where the reader left it.
			this.#scroll.end(before.chatId);
		}
	}

	protected override updated(): void {
		const { awaited } = this.#versionSteps;
		const turn = awaited === undefined ? undefined : this.#turnElement(awaited);
		if (turn) {
			const isLast = this.chat?.turns.at(-1)?.id === awaited;
			void this.#versionSteps.end(turn, isLast, this.scroller, this.#anchor);
		}
	}

	protected override render() {
		const chat = this.chat;
		return html`<div
				class="log ${chat && isAtRest(chat) ? "at-rest" : ""}"
				role="log"
				aria-label="Conversation"
				aria-live="off"
				tabindex="0"
				@scroll=${this.#scrolled}
				@version-chosen=${this.#versionChosen}
			>
				<div class="log-content">${chat ? this.#renderChat(chat) : nothing}</div>
			</div>
			${
				this.followsEnd
					? nothing
					: html`<button type="button" class="jump" @click=${this.#jump}>
							<span class="codicon codicon-arrow-down" aria-hidden="true"></span>
							Jump to latest
						</button>`
			}`;
	}

	#renderChat(chat: ChatState): TemplateResult {
		const lastId = chat.turns.at(-1)?.id;
		return html`<system-message .text=${chat.settings.effective.systemPrompt}></system-message> ${
				chat.turns.length === 0 && !chat.refusal ? renderBeginning(chat) : nothing
			}
			${repeat(
				chat.turns,
				(turn) => `${turn.role} ${turn.id}`,
				(turn) =>
					html`${
						turn.id === chat.visibleFrom
							? html`<p class="marker">
									<span>The model sees the conversation from here on</span>
								</p>`
							: nothing
					}${
						turn.role === "user"
							? this.#renderUser(turn, chat)
							: this.#renderAnswer(turn, chat, turn.id === lastId)
					}`,
			)}
			${
				chat.refusal?.failure
					? html`<failure-card
							.failure=${chat.refusal.failure}
							.isCurrent=${chat.access.kind !== "newerVersion"}
							.isDismissible=${true}
						></failure-card>`
					: nothing
			}`;
	}

	#renderUser(turn: Extract<Turn, { role: "user" }>, chat: ChatState): TemplateResult {
		const edit = this.edits.find(({ editedId }) => editedId === turn.id);
		return html`<user-message
			data-turn-id=${turn.id}
			.turn=${turn}
			.versions=${chat.versions[turn.id] ?? noVersions}
			.edit=${edit}
			.objection=${edit ? objectionToEditing(chat) : ""}
		></user-message>`;
	}

	#renderAnswer(
		turn: Extract<Turn, { role: "assistant" }>,
		chat: ChatState,
		isLast: boolean,
	): TemplateResult {
		const { settings, model, versions } = chat;
		return html`<assistant-message
			data-turn-id=${turn.id}
			.turn=${turn}
			.versions=${versions[turn.id] ?? noVersions}
			.markdown=${settings.effective.markdown}
			.streaming=${settings.effective.streaming}
			.model=${turn.state.kind === "running" ? model : undefined}
			.isCurrent=${isLast && isAtRest(chat)}
			.drawQueue=${this.#drawQueue}
		></assistant-message>`;
	}

	#watch(): void {
		this.#anchor = new ScrollAnchor(this.scroller, this.content, (followsEnd) => {
			this.followsEnd = followsEnd;
		});
	}

	#turnElements(): readonly LightElement[] {
		return [...this.content.querySelectorAll<LightElement>(":scope > [data-turn-id]")];
	}

	#turnElement(turnId: TurnId): LightElement | undefined {
		return this.#turnElements().find(({ dataset }) => dataset.turnId === turnId);
	}

	#tellPosition(chatId: ChatId): void {
		this.dispatchEvent(
			new CustomEvent("position-changed", {
				detail: {
					chatId,
					position: this.followsEnd
						? undefined
						: readingPosition(chatId, this.scroller, this.#turnElements()),
				},
				bubbles: true,
			}),
		);
	}

	readonly #scrolled = (): void => {
		if (this.chat) {
			this.#scroll.moved(this.chat.chatId);
		}
	};

	readonly #versionChosen = ({ target, detail }: HTMLElementEventMap["version-chosen"]): void => {
		const turn = target instanceof Element && target.closest("[data-turn-id]");
		if (turn) {
			this.#versionSteps.begin(detail, turn);
		}
	};

	readonly #jump = (): void => {
		this.jumpToEnd();
		this.scroller.focus();
	};
}
