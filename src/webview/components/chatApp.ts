import { html } from "lit";
import { t } from "../../wording/localize";
import { customElement, query, state } from "lit/decorators.js";
import { runningAnswer, type ChatState, type UserTurn } from "../../protocol/chat/chat";
import type { ChatIntent } from "../../protocol/chat/chatIntent";
import { announcement } from "../announce/announcer";
import { isAtRest } from "../state/atRest";
import type { ChatReplica } from "../state/chatReplica";
import { objectionToSending } from "../wording/chatWording";
import { DraftReport } from "../state/draftReport";
import { FocusKeeper } from "./focusKeeper";
import type { HostPort, Unsubscribe } from "../state/hostPort";
import { KeptView } from "../state/keptView";
import { messageTooLong } from "../wording/messageTooLong";
import { keepToButton } from "./buttonKeys";
import "./composer/chatComposer";
import type { ChatComposerElement } from "./composer/chatComposer";
import "./chatHeader";
import "./chatLog";
import type { ChatLogElement } from "./chatLog";
import "./chatNotices";
import "./composer/contextNotice";
import { isComposing } from "./composer/isComposing";
import { LightElement } from "./lightElement";
import "./liveRegion";
import type { LiveRegionElement } from "./liveRegion";
import "./composer/modelProgress";
import "./composer/modelStatus";
import "./composer/queuedMessage";
import "./settings/settingsDialog";
import type { SettingsDialogElement } from "./settings/settingsDialog";

declare global {
	interface HTMLElementTagNameMap {
		"chat-app": ChatAppElement;
	}
}

/** The whole chat view: draws the state of the store, and sends the user's actions to the host. */
@customElement("chat-app")
export class ChatAppElement extends LightElement {
	@state() private chat: ChatState | undefined;
	@query("chat-composer") readonly composer!: ChatComposerElement;
	@query("chat-log") private readonly log!: ChatLogElement;
	@query("live-region") private readonly liveRegion!: LiveRegionElement;
	@query("settings-dialog") private readonly settingsDialog!: SettingsDialogElement;

	#port: HostPort | undefined;
	#kept: KeptView | undefined;
	#focusKeeper: FocusKeeper | undefined;
	#subscriptions: readonly Unsubscribe[] = [];

	/** Shows `store` until the element is removed from the page. */
	connect(port: HostPort, store: ChatReplica): void {
		this.#disconnect();
		this.#port = port;
		const draftReport = new DraftReport((text) => {
			port.send({ type: "draftTyped", text });
		});
		const kept = new KeptView(port, makeTurnId, () => {
			draftReport.changed(kept.draft);
			this.requestUpdate();
		});
		this.#kept = kept;
		const focusKeeper = new FocusKeeper(this, () => {
			this.composer.focusTextbox();
		});
		this.#focusKeeper = focusKeeper;
		this.#subscriptions = [
			store.onDidReceiveUnsent((unsent) => {
				kept.restoreUnsent(unsent);
			}),
			store.onDidChange((chat) => {
				this.#follow(chat);
			}),
			store.onDidTell((sentence) => {
				this.composer.tell(sentence);
				this.liveRegion.say(sentence);
			}),
			store.onDidRequestFocus(() => {
				this.composer.focusTextbox();
			}),
			() => {
				kept.dispose();
				draftReport.dispose();
				focusKeeper.dispose();
			},
		];
		this.requestUpdate();
		if (store.chat) {
			this.#follow(store.chat);
		}
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.role = "main";
		this.addEventListener("chat-intent", this.#forward);
		// The focus can be on nothing, after a click on the background or when the focused element was removed.
		this.ownerDocument.addEventListener("keydown", this.#keyDown);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.removeEventListener("chat-intent", this.#forward);
		this.ownerDocument.removeEventListener("keydown", this.#keyDown);
		this.#disconnect();
	}

	// eslint-disable-next-line max-lines-per-function -- it is one template
	protected override render() {
		const { chat } = this;
		const isOpen = chat?.access.kind === "open";
		const tooLong = chat && messageTooLong(chat, this.#kept?.draft ?? "");
		return html`<model-progress .model=${chat?.model}></model-progress>
			<chat-header .chatTitle=${chat?.title ?? ""} .canRename=${isOpen}></chat-header>
			<chat-log
				.chat=${chat}
				.edits=${this.#kept?.edits ?? []}
				@ask-example=${this.#askExample}
				@edit-step=${this.#edit}
				@position-changed=${this.#keepPosition}
				@copy-text=${({ detail }: CustomEvent<{ readonly text: string }>) => {
					this.#send({ type: "copyText", text: detail.text });
				}}
				@insert-code=${({ detail }: CustomEvent<{ readonly text: string }>) => {
					this.composer.tell("");
					this.#send({ type: "insertCode", text: detail.text });
				}}
				@open-diagram=${({ detail }: CustomEvent<{ readonly text: string }>) => {
					this.#send({ type: "openDiagram", text: detail.text });
				}}
				@open-link=${({ detail }: CustomEvent<{ readonly url: string }>) => {
					this.#send({ type: "openLink", url: detail.url });
				}}
				@announce=${this.#announce}
			></chat-log>
			<chat-notices
				.access=${chat?.access ?? { kind: "loading" }}
				.notices=${chat?.notices ?? []}
				.undoable=${chat?.undoable}
				.model=${chat?.model}
			></chat-notices>
			<context-notice
				.chat=${chat}
				.tooLong=${tooLong}
				@open-settings=${this.#openSettings}
			></context-notice>
			<queued-message
				.message=${chat?.queued}
				.canSend=${chat !== undefined && isAtRest(chat)}
				@queued-removed=${this.#takeBack}
			></queued-message>
			<chat-composer
				.text=${this.#kept?.draft ?? ""}
				.attachments=${chat?.attachments ?? []}
				.codeSource=${chat?.codeSource}
				.contextUse=${chat?.contextUse}
				.isReady=${chat !== undefined && chat.access.kind !== "loading"}
				.isRunning=${isOpen && runningAnswer(chat) !== undefined}
				.tooLong=${tooLong && !tooLong.mayFit ? tooLong.sentence : ""}
				.objection=${chat ? objectionToSending(chat) : ""}
				.lastMessage=${lastMessage(chat)}
				@draft-changed=${this.#draftChanged}
				@draft-sent=${this.#sendDraft}
				@open-settings=${this.#openSettings}
				@announce=${this.#announce}
			></chat-composer>
			<model-status
				.model=${chat?.model}
				.thinking=${chat?.settings.thinking ?? "auto"}
			></model-status>
			<live-region></live-region>
			<settings-dialog .settings=${chat?.settings}></settings-dialog>`;
	}

	#follow(chat: ChatState): void {
		const before = this.chat;
		this.chat = chat;
		this.#kept?.follow(chat, before);
		const said = announcement(before, chat);
		if (said !== undefined) {
			this.liveRegion.say(said);
		}
		if (before?.chatId !== chat.chatId) {
			void this.#findPlace(chat);
		}
		this.#focusKeeper?.check();
	}

	/** The reading position of the conversation that is shown next; its end by default. */
	async #findPlace({ chatId }: ChatState): Promise<void> {
		await this.updateComplete;
		await this.log.updateComplete;
		const position = this.#kept?.positionIn(chatId);
		if (position) {
			await this.log.restore(position);
		} else {
			this.log.jumpToEnd();
		}
	}

	readonly #sendDraft = (): void => {
		if (this.chat) {
			this.#kept?.sendDraft(this.chat);
			if (isAtRest(this.chat)) {
				this.log.jumpToEnd();
			}
		}
	};

	readonly #askExample = ({ detail }: CustomEvent<string>): void => {
		if (this.chat) {
			this.#kept?.sendBeforeDraft(detail, this.chat);
			this.log.jumpToEnd();
			this.composer.focusTextbox();
		}
	};

	readonly #edit = ({ detail }: HTMLElementEventMap["edit-step"]): void => {
		if (this.chat) {
			this.#kept?.edit(detail, this.chat);
			if (detail.type === "send") {
				this.composer.focusTextbox();
			}
		}
	};

	readonly #takeBack = ({ detail }: HTMLElementEventMap["queued-removed"]): void => {
		this.#kept?.takeBack(detail);
		this.liveRegion.say(t("The message is in the textbox again"));
		this.composer.focusTextbox();
	};

	readonly #draftChanged = ({ detail }: CustomEvent<string>): void => {
		this.#kept?.changeDraft(detail);
	};

	readonly #announce = ({ detail }: CustomEvent<string>): void => {
		this.liveRegion.say(detail);
	};

	readonly #keepPosition = ({ detail }: HTMLElementEventMap["position-changed"]): void => {
		this.#kept?.keepPosition(detail.chatId, detail.position);
	};

	readonly #openSettings = (): void => {
		this.settingsDialog.show();
	};

	readonly #forward = ({ detail }: CustomEvent<ChatIntent>): void => {
		this.#send(detail);
	};

	#send(intent: ChatIntent): void {
		this.#port?.send(intent);
		if (intent.type === "copyText") {
			this.liveRegion.say(t("Copied"));
		}
	}

	readonly #keyDown = (event: KeyboardEvent): void => {
		if (event.key === "Escape" && !isComposing(event) && !this.settingsDialog.isOpen) {
			if (this.chat?.access.kind === "open" && runningAnswer(this.chat)) {
				this.#send({ type: "stop" });
			}
		} else {
			keepToButton(event);
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
