import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { ChatState, Turn } from "../../protocol/chat";
import { DrawQueue } from "../drawQueue";
import { ScrollAnchor } from "../scrollAnchor";
import type { ReadingPosition } from "../viewState";
import "./assistantMessage";
import "./emptyState";
import "./failureCard";
import { LightElement } from "./lightElement";
import "./systemMessage";
import "./userMessage";

declare global {
	interface HTMLElementEventMap {
		/** The reader is somewhere else in the log; `undefined`: at its end. */
		"position-changed": CustomEvent<ReadingPosition | undefined>;
	}
}

/** Scrolling that has paused this long is worth remembering. */
const settledMs = 150;

/** The conversation, message by message. */
@customElement("chat-log")
export class ChatLog extends LightElement {
	@property({ attribute: false }) chat: ChatState | undefined;
	@state() private followsEnd = true;
	@query(".log") private readonly scroller!: HTMLElement;
	@query(".log-content") private readonly content!: HTMLElement;
	readonly #drawQueue = new DrawQueue(
		() => performance.now(),
		(slice) => setTimeout(slice),
	);
	#anchor: ScrollAnchor | undefined;
	#settling: ReturnType<typeof setTimeout> | undefined;

	/** Goes to the latest message and stays with it. */
	jumpToEnd(): void {
		this.#anchor?.jumpToEnd();
	}

	/** Goes back to where an earlier page of this view was; does nothing if that message is gone. */
	async restore(position: ReadingPosition): Promise<void> {
		await nextFrame();
		await this.#drawQueue.empty();
		const turn = this.#turnElements().find((element) => element.dataset.turnId === position.turnId);
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
		clearTimeout(this.#settling);
		this.#anchor?.dispose();
		this.#anchor = undefined;
	}

	protected override firstUpdated(): void {
		this.#watch();
	}

	protected override render() {
		const chat = this.chat;
		return html`<div
				class="log"
				role="log"
				aria-label="Conversation"
				aria-live="off"
				tabindex="0"
				@scroll=${this.#scrolled}
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
				chat.turns.length === 0 && !chat.refusal
					? html`<empty-state .model=${chat.model}></empty-state>`
					: nothing
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
					}${this.#renderTurn(turn, chat, turn.id === lastId)}`,
			)}
			${
				chat.refusal?.failure
					? html`<failure-card
							.failure=${chat.refusal.failure}
							.isDismissible=${true}
						></failure-card>`
					: nothing
			}`;
	}

	#renderTurn(turn: Turn, { settings, model }: ChatState, isLast: boolean): TemplateResult {
		if (turn.role === "user") {
			return html`<user-message data-turn-id=${turn.id} .turn=${turn}></user-message>`;
		}
		return html`<assistant-message
			data-turn-id=${turn.id}
			.turn=${turn}
			.markdown=${settings.effective.markdown}
			.streaming=${settings.effective.streaming}
			.model=${turn.state.kind === "running" ? model : undefined}
			.isLast=${isLast}
			.drawQueue=${this.#drawQueue}
		></assistant-message>`;
	}

	#watch(): void {
		this.#anchor = new ScrollAnchor(this.scroller, this.content, (followsEnd) => {
			this.followsEnd = followsEnd;
		});
	}

	#turnElements(): readonly HTMLElement[] {
		return [...this.content.querySelectorAll<HTMLElement>(":scope > [data-turn-id]")];
	}

	/** Where the reader is: the topmost message in sight. */
	#position(): ReadingPosition | undefined {
		if (this.followsEnd) {
			return undefined;
		}
		const topPx = this.scroller.getBoundingClientRect().top;
		const first = this.#turnElements().find(
			(element) => element.getBoundingClientRect().bottom > topPx,
		);
		const turnId = first?.dataset.turnId;
		return first && turnId !== undefined
			? { turnId, offsetPx: topPx - first.getBoundingClientRect().top }
			: undefined;
	}

	readonly #scrolled = (): void => {
		clearTimeout(this.#settling);
		this.#settling = setTimeout(() => {
			this.dispatchEvent(
				new CustomEvent("position-changed", { detail: this.#position(), bubbles: true }),
			);
		}, settledMs);
	};

	readonly #jump = (): void => {
		this.jumpToEnd();
		this.scroller.focus();
	};
}

function nextFrame(): Promise<void> {
	return new Promise((resolve) => {
		requestAnimationFrame(() => {
			resolve();
		});
	});
}
