import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { AssistantTurn, ChatSettings, Turn, UserTurn } from "../../protocol/chat/chat";
import type { TurnId } from "../../protocol/chat/ids";
import type { ModelStatus } from "../../protocol/inference/model";
import type { MessageEdit } from "../../protocol/chat/unsentText";
import type { DrawQueue } from "../drawing/drawQueue";
import { stretchesOf } from "../drawing/stretchesOf";
import "./message/assistantMessage";
import { AssistantMessageElement } from "./message/assistantMessage";
import { LightElement } from "./lightElement";
import "./message/userMessage";

declare global {
	interface HTMLElementTagNameMap {
		"log-part": LogPartElement;
	}
}

const noVersions: readonly TurnId[] = [];

/**
 * A group of consecutive messages of a conversation.
 *
 * A conversation is drawn in parts, so that opening a long one costs as little as a short one. The last part is drawn
 * at once, the others are queued, and the browser skips what is out of sight: chapters of parts, parts, and stretches
 * of messages.
 */
@customElement("log-part")
export class LogPartElement extends LightElement {
	@property({ attribute: false, hasChanged: turnsChanged }) turns: readonly Turn[] = [];
	@property({ attribute: false }) versions: Readonly<Record<TurnId, readonly TurnId[]>> = {};
	@property({ attribute: false }) settings: ChatSettings | undefined;
	/** The first turn that the model sees, if it does not see the whole conversation. */
	@property({ attribute: false }) visibleFrom: TurnId | undefined;
	@property({ attribute: false }) edits: readonly MessageEdit[] = [];
	/** Why an edit cannot be sent now. */
	@property({ attribute: false }) objection = "";
	/** Set only for the last part, so that the others are not redrawn while a model loads. */
	@property({ attribute: false }) model: ModelStatus | undefined;
	/** Whether this part is the end of the conversation. */
	@property({ attribute: false }) isLast = false;
	/** Whether this part is the end of the conversation, and no answer is running. */
	@property({ attribute: false }) isCurrent = false;
	@property({ attribute: false }) drawQueue: DrawQueue | undefined;
	/** Whether its messages are not drawn yet. */
	@property({ type: Boolean, reflect: true, attribute: "waiting" }) isWaiting = true;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.drawQueue?.remove(this.#fill);
	}

	/** Draws a growing answer without comparing the other messages. @returns whether the answer is in this part */
	grow(answer: AssistantTurn): boolean {
		const last = this.lastElementChild?.lastElementChild;
		if (last instanceof AssistantMessageElement && last.turn?.id === answer.id) {
			last.turn = answer;
			return true;
		}
		return false;
	}

	protected override willUpdate(): void {
		if (this.isLast) {
			this.isWaiting = false;
		}
	}

	protected override firstUpdated(): void {
		if (this.isWaiting) {
			this.drawQueue?.add(this.#fill);
		}
	}

	protected override render() {
		return this.isWaiting
			? nothing
			: stretchesOf(this.turns).map((turns) => this.#renderStretch(turns));
	}

	#renderStretch(turns: readonly Turn[]): TemplateResult {
		return html`<div class="log-stretch">
			${repeat(
				turns,
				(turn) => `${turn.role} ${turn.id}`,
				(turn) => this.#renderTurn(turn),
			)}
		</div>`;
	}

	#renderTurn(turn: Turn): TemplateResult {
		return html`${
			turn.id === this.visibleFrom
				? html`<p class="marker">
						<span>${t("The model sees the conversation from here on")}</span>
					</p>`
				: nothing
		}${turn.role === "user" ? this.#renderUser(turn) : this.#renderAnswer(turn)}`;
	}

	#renderUser(turn: UserTurn): TemplateResult {
		const edit = this.edits.find(({ editedId }) => editedId === turn.id);
		return html`<user-message
			data-turn-id=${turn.id}
			.turn=${turn}
			.versions=${this.versions[turn.id] ?? noVersions}
			.edit=${edit}
			.objection=${edit ? this.objection : ""}
		></user-message>`;
	}

	#renderAnswer(turn: AssistantTurn): TemplateResult {
		return html`<assistant-message
			data-turn-id=${turn.id}
			.turn=${turn}
			.versions=${this.versions[turn.id] ?? noVersions}
			.markdown=${this.settings?.markdown ?? true}
			.streaming=${this.settings?.streaming ?? true}
			.model=${turn.state.kind === "running" ? this.model : undefined}
			.isCurrent=${this.isCurrent && turn === this.turns.at(-1)}
			.drawQueue=${this.drawQueue}
		></assistant-message>`;
	}

	readonly #fill = async (): Promise<void> => {
		this.isWaiting = false;
		await this.updateComplete;
		const messages = [...this.children]
			.flatMap(({ children }) => [...children])
			.filter((child) => child instanceof LightElement);
		await Promise.all(messages.map((message) => message.updateComplete));
	};
}

/** Every change creates new lists of turns, mostly of the same turns. */
function turnsChanged(now: readonly Turn[], before: readonly Turn[] | undefined): boolean {
	return now.length !== before?.length || now.some((turn, index) => turn !== before[index]);
}
