import { html, nothing } from "lit";
import { t } from "../../../wording/localize";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { AttachmentChip } from "../../../protocol/chat/chat";
import { LightElement } from "../lightElement";

const icons = {
	selection: "codicon-selection",
	symbol: "codicon-symbol-method",
	cell: "codicon-notebook",
	file: "codicon-file-code",
	pasted: "codicon-clippy",
} as const;

/** Explains what was attached when nothing was selected. */
const scopes: Readonly<Record<AttachmentChip["scope"], () => string>> = {
	selection: () => "",
	symbol: () => t("symbol"),
	cell: () => "",
	file: () => t("whole file"),
	pasted: () => "",
};

/** The attached code by name. A chip opens the place in the editor; in the composer, it can be removed. */
@customElement("attachment-chips")
export class AttachmentChipsElement extends LightElement {
	@property({ attribute: false }) chips: readonly AttachmentChip[] = [];
	@property({ type: Boolean }) removable = false;
	/** The name of the editor that more code is being read from; `undefined` for none. */
	@property({ attribute: false }) pending: string | undefined;

	protected override render() {
		return html`<ul class="chips" aria-label=${t("Attached code")}>
			${repeat(
				this.chips,
				(chip) => chip.id,
				(chip) => this.#renderChip(chip),
			)}
			${
				this.pending === undefined
					? nothing
					: html`<li class="chip chip-pending" aria-busy="true">
							<span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
							<span class="chip-name">${this.pending}</span>
							<span class="chip-scope">${t("reading…")}</span>
						</li>`
			}
		</ul>`;
	}

	#renderChip({ id, label, scope, path }: AttachmentChip) {
		const scopeWord = scopes[scope]();
		return html`<li class="chip">
			<button
				type="button"
				class="chip-label"
				title=${path}
				@click=${() => {
					this.send({ type: "revealAttachment", attachmentId: id });
				}}
			>
				<span class="codicon ${icons[scope]}" aria-hidden="true"></span>
				<span class="chip-name" dir="auto">${label}</span>
			</button>
			${scopeWord === "" ? nothing : html`<span class="chip-scope">${scopeWord}</span>`}
			${
				this.removable
					? html`<button
							type="button"
							class="chip-remove"
							aria-label=${t("Remove {0}", label)}
							title=${t("Remove")}
							@click=${() => {
								this.send({ type: "removeAttachment", attachmentId: id });
							}}
						>
							<span class="codicon codicon-close" aria-hidden="true"></span>
						</button>`
					: nothing
			}
		</li>`;
	}
}
