import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { t } from "../../wording/localize";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { ChatState, Turn } from "../../protocol/chat/chat";
import type { ChatId, TurnId } from "../../protocol/chat/ids";
import type { MessageEdit } from "../../protocol/chat/unsentText";
import { grownAnswer } from "../drawing/answerGrowth";
import { isAtRest } from "../state/atRest";
import { objectionToEditing } from "../wording/chatWording";
import { DrawQueue } from "../drawing/drawQueue";
import { copyFormulasAsSource } from "../markdown/code/copySource";
import { readingPosition } from "../scroll/readingPosition";
import { ScrollAnchor } from "../scroll/scrollAnchor";
import { SettledScroll } from "../scroll/settledScroll";
import type { ReadingPosition } from "../state/viewState";
import "./message/failureCard";
import { LightElement } from "./lightElement";
import { chaptersIn, inChapters, lastPartIn, partsIn } from "./logChapters";
import "./logPart";
import { nextFrame } from "./nextFrame";
import { renderBeginning } from "./message/renderBeginning";
import "./message/systemMessage";
import { VersionSteps } from "./message/versionSteps";

declare global {
	interface HTMLElementEventMap {
		/** The reading position changed; without a position, it is the end of the log. */
		"position-changed": CustomEvent<{
			readonly chatId: ChatId;
			readonly position: ReadingPosition | undefined;
		}>;
	}
}

/**
 * The levels of the log, from chapters to stretches of a long message. Each gets its real height after the one above
 * it.
 */
const settlingFrames = 5;

/** The messages of the conversation. */
@customElement("chat-log")
export class ChatLogElement extends LightElement {
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

	/** Scrolls to the latest message, and follows it. */
	jumpToEnd(): void {
		this.#anchor?.jumpToEnd();
	}

	/** Restores a reading position, if its message still exists. */
	async restore(position: ReadingPosition): Promise<void> {
		await nextFrame();
		await this.#drawQueue.empty();
		const turn = this.#turnElement(position.turnId);
		if (!turn) {
			return;
		}
		this.#anchor?.release();
		// Visible elements get their real height one frame later, and their neighbors another frame later.
		for (let frame = 0; frame < settlingFrames; frame += 1) {
			turn.scrollIntoView({ block: "start" });
			this.scroller.scrollTop += position.offsetPx;
			await nextFrame();
		}
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

	/** Passes a growing answer on without comparing the other messages. */
	protected override shouldUpdate(changed: PropertyValues<this>): boolean {
		const before = changed.size === 1 ? changed.get("chat") : undefined;
		const answer = before && this.chat && grownAnswer(before, this.chat);
		return !(answer && lastPartIn(this.content)?.grow(answer));
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		const before = changed.get("chat");
		if (before && before.chatId !== this.chat?.chatId) {
			// The previous conversation is still on the page, at its reading position.
			this.#scroll.end(before.chatId);
		}
	}

	protected override updated(): void {
		if (this.#versionSteps.awaited !== undefined) {
			void this.#endVersionStep();
		}
	}

	/** An update is complete when all parts have updated. */
	protected override async getUpdateComplete(): Promise<boolean> {
		const isComplete = await super.getUpdateComplete();
		await Promise.all(partsIn(this.content).map((part) => part.updateComplete));
		return isComplete;
	}

	protected override render() {
		const chat = this.chat;
		return html`<div
				class="log ${chat && isAtRest(chat) ? "at-rest" : ""}"
				role="log"
				@copy=${copyFormulasAsSource}
				aria-label=${t("Conversation")}
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
							${t("Jump to latest")}
						</button>`
			}`;
	}

	#renderChat(chat: ChatState): TemplateResult {
		const chapters = inChapters(chat.turns);
		return html`<system-message .text=${chat.settings.effective.systemPrompt}></system-message> ${
				chat.turns.length === 0 && !chat.refusal ? renderBeginning(chat) : nothing
			}
			${repeat(
				chapters,
				(_parts, index) => `${chat.chatId} ${index}`,
				(parts, index) => this.#renderChapter(parts, chat, index === chapters.length - 1),
			)}
			${
				// A message that is too long is reported beside the composer, which holds it again.
				chat.refusal?.failure && chat.refusal.failure.kind !== "messageTooLong"
					? html`<failure-card
							.failure=${chat.refusal.failure}
							.isCurrent=${chat.access.kind !== "newerVersion"}
							.isDismissible=${true}
						></failure-card>`
					: nothing
			}`;
	}

	#renderChapter(
		parts: readonly (readonly Turn[])[],
		chat: ChatState,
		isLast: boolean,
	): TemplateResult {
		return html`<div class="log-chapter">
			${parts.map((turns, index) => this.#renderPart(turns, chat, isLast && index === parts.length - 1))}
		</div>`;
	}

	#renderPart(turns: readonly Turn[], chat: ChatState, isLast: boolean): TemplateResult {
		return html`<log-part
			.turns=${turns}
			.versions=${chat.versions}
			.settings=${chat.settings.effective}
			.visibleFrom=${chat.visibleFrom}
			.edits=${this.edits}
			.objection=${this.edits.length > 0 ? objectionToEditing(chat) : ""}
			.model=${isLast ? chat.model : undefined}
			.isLast=${isLast}
			.isCurrent=${isLast && isAtRest(chat)}
			.drawQueue=${this.#drawQueue}
		></log-part>`;
	}

	#watch(): void {
		this.#anchor = new ScrollAnchor(this.scroller, this.content, (followsEnd) => {
			this.followsEnd = followsEnd;
		});
	}

	#turnElement(turnId: TurnId): LightElement | undefined {
		return [...this.content.querySelectorAll<LightElement>("[data-turn-id]")].find(
			({ dataset }) => dataset.turnId === turnId,
		);
	}

	async #endVersionStep(): Promise<void> {
		await this.updateComplete;
		const { awaited } = this.#versionSteps;
		const turn = awaited === undefined ? undefined : this.#turnElement(awaited);
		if (turn) {
			const isLast = this.chat?.turns.at(-1)?.id === awaited;
			await this.#versionSteps.end(turn, isLast, this.scroller, this.#anchor);
		}
	}

	#tellPosition(chatId: ChatId): void {
		this.dispatchEvent(
			new CustomEvent("position-changed", {
				detail: {
					chatId,
					position: this.followsEnd
						? undefined
						: readingPosition(chatId, this.scroller, chaptersIn(this.content)),
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
