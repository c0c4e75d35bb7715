import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { canContinue, type AssistantTurn, type TurnOutcome } from "../../../protocol/chat/chat";
import { type TurnId } from "../../../protocol/chat/ids";
import type { ModelStatus } from "../../../protocol/inference/model";
import type { DrawQueue } from "../../drawing/drawQueue";
import { describeOutcome, describePrompt } from "../../wording/wording";
import "./answerProgress";
import "./answerText";
import "../copyButton";
import "./failureCard";
import { iconButton } from "../iconButton";
import { LightElement } from "../lightElement";
import "./thinkingBlock";
import "./versionArrows";
import { versionsChanged } from "./versionsChanged";

/** An answer: its thoughts, its text, and how it ended or how far it is. */
@customElement("assistant-message")
export class AssistantMessageElement extends LightElement {
	@property({ attribute: false }) turn: AssistantTurn | undefined;
	@property({ attribute: false }) markdown = true;
	@property({ attribute: false }) streaming = true;
	/** Set only for the running answer, so that the others are not redrawn while a model loads. */
	@property({ attribute: false }) model: ModelStatus | undefined;
	/** Whether this is the last answer and none is running, so that it can be regenerated or continued. */
	@property({ attribute: false }) isCurrent = false;
	@property({ attribute: false, hasChanged: versionsChanged }) versions: readonly TurnId[] = [];
	@property({ attribute: false }) drawQueue: DrawQueue | undefined;

	protected override render() {
		if (!this.turn) {
			return nothing;
		}
		const { state, thought, thoughtDurationMs, reply } = this.turn;
		const isRunning = state.kind === "running";
		return html`<article
			class="assistant"
			aria-label=${t("Assistant")}
			aria-busy=${isRunning ? "true" : "false"}
		>
			${
				thought === ""
					? nothing
					: html`<thinking-block
							.text=${thought}
							.durationMs=${thoughtDurationMs}
							.isRunning=${isRunning}
							.endableId=${isRunning && canEndThoughts(this.model) ? this.turn.id : undefined}
						></thinking-block>`
			}
			${
				reply === ""
					? nothing
					: html`<answer-text
							.text=${reply}
							.markdown=${this.markdown}
							.isComplete=${!isRunning}
							.drawQueue=${this.drawQueue}
						></answer-text>`
			}
			${isRunning ? this.#renderProgress(this.turn) : this.#renderEnd(this.turn, state.outcome)}
		</article>`;
	}

	#renderProgress({ state, startedAtMs, reply, thought }: AssistantTurn) {
		const isVisiblyWriting = this.streaming && (reply !== "" || thought !== "");
		return state.kind === "running" && !isVisiblyWriting
			? html`<answer-progress
					.progress=${state.progress}
					.model=${this.model}
					.startedAtMs=${startedAtMs}
					.showsElapsed=${!this.streaming}
				></answer-progress>`
			: nothing;
	}

	#renderEnd(turn: AssistantTurn, outcome: TurnOutcome) {
		const stats = "stats" in outcome ? outcome.stats : undefined;
		const continuesId = this.isCurrent && canContinue(turn) ? turn.id : undefined;
		return html`<footer class="foot">
				<span class="foot-text" title=${stats ? describePrompt(stats) : ""}
					>${describeOutcome(outcome)}</span
				>
				<version-arrows .versions=${this.versions} .shown=${turn.id}></version-arrows>
				${this.#renderActions(turn)}
			</footer>
			${
				outcome.kind === "failed"
					? html`<failure-card
							.failure=${outcome.failure}
							.isCurrent=${this.isCurrent}
							.continuesId=${continuesId}
						></failure-card>`
					: continuesId === undefined
						? nothing
						: this.#renderContinue(continuesId)
			}`;
	}

	#renderActions({ id, reply }: AssistantTurn) {
		return html`<span class="message-actions">
			${reply === "" ? nothing : html`<copy-button .text=${reply}></copy-button>`}
			${iconButton(
				"refresh",
				t("Regenerate"),
				t("Regenerate: another answer beside this one"),
				() => {
					this.send({ type: "regenerate", answerId: id });
				},
				"needs-rest",
			)}
			${iconButton(
				"trash",
				t("Delete"),
				t("Delete this answer and all that follows it"),
				() => {
					this.send({ type: "deleteTurn", turnId: id });
				},
				"needs-rest",
			)}
		</span>`;
	}

	#renderContinue(answerId: TurnId) {
		return html`<div class="buttons">
			<vscode-button
				title=${t("Continue this answer")}
				@click=${() => {
					this.send({ type: "continue", answerId });
				}}
				>${t("Continue")}</vscode-button
			>
		</div>`;
	}
}

function canEndThoughts(model: ModelStatus | undefined): boolean {
	return (
		model?.kind === "ready" && model.info.thinking.kind === "thinks" && model.info.thinking.canEnd
	);
}
