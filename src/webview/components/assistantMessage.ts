import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { AssistantTurn, TurnOutcome } from "../../protocol/chat";
import type { ModelStatus } from "../../protocol/model";
import type { DrawQueue } from "../drawQueue";
import { describeOutcome, describePrompt } from "../wording";
import "./answerProgress";
import "./answerText";
import "./copyButton";
import "./failureCard";
import { LightElement } from "./lightElement";
import "./thinkingBlock";

/** An answer: thoughts, text, and how it ended; or how far it is. */
@customElement("assistant-message")
export class AssistantMessage extends LightElement {
	@property({ attribute: false }) turn: AssistantTurn | undefined;
	@property({ attribute: false }) markdown = true;
	@property({ attribute: false }) streaming = true;
	/** Given to the running answer only, so that the others stay as they are while a model loads. */
	@property({ attribute: false }) model: ModelStatus | undefined;
	@property({ attribute: false }) isLast = false;
	@property({ attribute: false }) drawQueue: DrawQueue | undefined;

	protected override render() {
		if (!this.turn) {
			return nothing;
		}
		const { state, thought, thoughtDurationMs, reply } = this.turn;
		const isRunning = state.kind === "running";
		return html`<article
			class="assistant"
			aria-label="Assistant"
			aria-busy=${isRunning ? "true" : "false"}
		>
			${
				thought === ""
					? nothing
					: html`<thinking-block
							.text=${thought}
							.durationMs=${thoughtDurationMs}
							.isRunning=${isRunning}
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
			${isRunning ? this.#renderProgress(this.turn) : this.#renderEnd(state.outcome, reply)}
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

	#renderEnd(outcome: TurnOutcome, reply: string) {
		const stats = outcome.kind === "failed" ? undefined : outcome.stats;
		const ending = describeOutcome(outcome);
		return html`${
			reply === "" && ending === ""
				? nothing
				: html`<footer class="foot">
						<span class="foot-text" title=${stats ? describePrompt(stats) : ""}>${ending}</span>
						${
							reply === ""
								? nothing
								: html`<span class="message-actions"
										><copy-button .text=${reply}></copy-button
									></span>`
						}
					</footer>`
		}${
			outcome.kind === "failed"
				? html`<failure-card .failure=${outcome.failure} .isCurrent=${this.isLast}></failure-card>`
				: nothing
		}`;
	}
}
