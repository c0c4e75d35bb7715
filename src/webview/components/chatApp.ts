import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { runningAnswer, type ChatState, type UserTurn } from "../../protocol/chat";
import type { ChatIntent } from "../../protocol/chatIntent";
import { announcement } from "../announcer";
import type { ChatStore } from "../chatStore";
import {
	reconcileDraft,
	restoredDraft,
	sendBeforeDraft,
	sendDraft,
	type Draft,
	type SentDraft,
} from "../draft";
import type { HostPort, Unsubscribe } from "../hostPort";
import { emptyViewState, type ViewState } from "../viewState";
import { modelProgress } from "../wording";
import "./chatComposer";
import type { ChatComposer } from "./chatComposer";
import "./chatLog";
import type { ChatLog } from "./chatLog";
import { isComposing } from "./isComposing";
import { LightElement } from "./lightElement";
import "./modelStatus";
import "./settingsDialog";
import type { SettingsDialog } from "./settingsDialog";

declare global {
	interface HTMLElementTagNameMap {
		"chat-app": ChatApp;
	}
}

/** The whole chat view: draws the store's state, and sends what the user does to the host. */
@customElement("chat-app")
export class ChatApp extends LightElement {
	@state() private chat: ChatState | undefined;
	@state() private draft: Draft = restoredDraft(emptyViewState);
	@state() private announced = "";
	@query("chat-composer") private readonly composer!: ChatComposer;
	@query("chat-log") private readonly log!: ChatLog;
	@query("settings-dialog") private readonly settingsDialog!: SettingsDialog;

	#port: HostPort | undefined;
	#kept: ViewState = emptyViewState;
	#subscriptions: readonly Unsubscribe[] = [];

	/** Shows `store` from now on, until the element leaves the page. */
	connect(port: HostPort, store: ChatStore): void {
		this.#disconnect();
		this.#port = port;
		this.#kept = port.readState();
		this.draft = restoredDraft(this.#kept);
		this.#subscriptions = [
			store.onDidChange((chat) => {
				this.#follow(chat);
			}),
			store.onDidRequestFocus(() => {
				this.composer.focusTextbox();
			}),
		];
		if (store.chat) {
			this.#follow(store.chat);
		}
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener("chat-intent", this.#forward);
		this.addEventListener("keydown", this.#keyDown);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.removeEventListener("chat-intent", this.#forward);
		this.removeEventListener("keydown", this.#keyDown);
		this.#disconnect();
	}

	protected override render() {
		const { chat } = this;
		return html`${this.#renderModelProgress()}
			<chat-log
				.chat=${chat}
				@ask-example=${this.#askExample}
				@position-changed=${this.#keepPosition}
				@copy-text=${this.#copyText}
				@insert-code=${this.#insertCode}
				@open-link=${this.#openLink}
			></chat-log>
			${chat?.canUndoClear ? this.#renderCleared() : nothing}
			<chat-composer
				.text=${this.draft.text}
				.attachments=${chat?.attachments ?? []}
				.isReady=${chat !== undefined}
				.isRunning=${chat !== undefined && runningAnswer(chat) !== undefined}
				.lastMessage=${lastMessage(chat)}
				@draft-changed=${this.#draftChanged}
				@draft-sent=${this.#sendDraft}
				@open-settings=${this.#openSettings}
				@announce=${this.#announce}
			></chat-composer>
			<model-status .model=${chat?.model}></model-status>
			<div class="visually-hidden" aria-live="polite">${this.announced}</div>
			<settings-dialog .settings=${chat?.settings}></settings-dialog>`;
	}

	#renderModelProgress() {
		const progress = this.chat && modelProgress(this.chat.model);
		return progress === undefined
			? nothing
			: html`<vscode-progress-bar
					class="model-progress"
					aria-label="Model"
					?indeterminate=${progress === "unknown"}
					.value=${progress === "unknown" ? undefined : progress * 100}
				></vscode-progress-bar>`;
	}

	#renderCleared() {
		return html`<div class="notice">
			<span>Conversation cleared</span>
			<vscode-button
				secondary
				@click=${() => {
					this.#port?.send({ type: "undoClear" });
					this.composer.focusTextbox();
				}}
				>Undo</vscode-button
			>
		</div>`;
	}

	#follow(chat: ChatState): void {
		const before = this.chat;
		this.chat = chat;
		this.#setDraft(reconcileDraft(this.draft, chat, before));
		this.announced = announcement(before, chat) ?? this.announced;
		if (!before && this.#kept.position) {
			void this.log.restore(this.#kept.position);
		}
	}

	#setDraft(draft: Draft): void {
		if (draft !== this.draft) {
			this.draft = draft;
			this.#keep({ ...this.#kept, draft: draft.text, pending: draft.pending });
		}
	}

	#keep(kept: ViewState): void {
		this.#kept = kept;
		this.#port?.writeState(kept);
	}

	#send({ draft, intent }: SentDraft): void {
		this.#setDraft(draft);
		this.#port?.send(intent);
		this.log.jumpToEnd();
	}

	readonly #sendDraft = (): void => {
		const sent = this.chat && sendDraft(this.draft, this.chat.attachments.length > 0, makeTurnId);
		if (sent) {
			this.#send(sent);
		}
	};

	readonly #askExample = ({ detail }: CustomEvent<string>): void => {
		this.#send(sendBeforeDraft(this.draft, detail, makeTurnId));
		this.composer.focusTextbox();
	};

	readonly #draftChanged = ({ detail }: CustomEvent<string>): void => {
		this.#setDraft({ ...this.draft, text: detail });
	};

	readonly #announce = ({ detail }: CustomEvent<string>): void => {
		this.announced = detail;
	};

	readonly #keepPosition = ({ detail }: HTMLElementEventMap["position-changed"]): void => {
		this.#keep({ ...this.#kept, position: detail });
	};

	readonly #openSettings = (): void => {
		this.settingsDialog.show();
	};

	readonly #forward = ({ detail }: CustomEvent<ChatIntent>): void => {
		this.#port?.send(detail);
		if (detail.type === "copyText") {
			this.announced = "Copied";
		}
	};

	readonly #copyText = ({ detail }: CustomEvent<{ readonly text: string }>): void => {
		this.#port?.send({ type: "copyText", text: detail.text });
		this.announced = "Copied";
	};

	readonly #insertCode = ({ detail }: CustomEvent<{ readonly text: string }>): void => {
		this.#port?.send({ type: "insertCode", text: detail.text });
	};

	readonly #openLink = ({ detail }: CustomEvent<{ readonly url: string }>): void => {
		this.#port?.send({ type: "openLink", url: detail.url });
	};

	readonly #keyDown = (event: KeyboardEvent): void => {
		if (event.key === "Escape" && !isComposing(event) && !this.settingsDialog.isOpen) {
			if (this.chat && runningAnswer(this.chat)) {
				this.#port?.send({ type: "stop" });
			}
		} else if (
			(event.key === "Enter" || event.key === " ") &&
			(event.target as Element).localName === "vscode-button"
		) {
			// vscode-button 2.5 acts on the key but leaves the browser's own action: Space scrolls, and Enter ends
			// up in the textbox that was given the focus.
			event.preventDefault();
		}
	};

	#disconnect(): void {
		for (const unsubscribe of this.#subscriptions) {
			unsubscribe();
		}
		this.#subscriptions = [];
	}
}

const makeTurnId = (): string => crypto.randomUUID();

function lastMessage(chat: ChatState | undefined): string {
	return chat?.turns.findLast((turn): turn is UserTurn => turn.role === "user")?.text ?? "";
}
