import "@vscode-elements/elements/dist/vscode-button/index.js";
import { t } from "../../../wording/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { ChatSettings, SettingsState } from "../../../protocol/chat/chat";
import { formatCount } from "../../../wording/format";
import { settingRanges } from "../../../protocol/settingRanges";
import { LightElement } from "../lightElement";
import { fieldsOf, readForm, type SettingsErrors, type SettingsFields } from "./settingsForm";
import { nameInEditor, settingWords } from "./settingsWording";

type Key = keyof ChatSettings;
type NumberKey = "maxTokens" | "temperature";
type SwitchKey = "streaming" | "markdown";

/**
 * The five settings of a chat, at user level.
 *
 * A field follows changes made elsewhere until the user edits it.
 */
@customElement("settings-dialog")
export class SettingsDialogElement extends LightElement {
	@property({ attribute: false }) settings: SettingsState | undefined;
	@state() private edited: Partial<SettingsFields> = {};
	@query("dialog") private readonly dialog!: HTMLDialogElement;

	get isOpen(): boolean {
		return this.dialog.open;
	}

	/** Opens without edits. Closing returns the focus to where it was. */
	show(): void {
		if (!this.isOpen) {
			this.edited = {};
			this.dialog.showModal();
		}
	}

	protected override render() {
		return html`<dialog aria-labelledby="settings-title">
			${this.settings ? this.#renderForm(this.settings) : nothing}
		</dialog>`;
	}

	#renderForm(settings: SettingsState) {
		const fields = { ...fieldsOf(settings.user), ...this.edited };
		const parsed = readForm(fields);
		const errors = parsed.kind === "invalid" ? parsed.errors : {};
		return html`<form novalidate @submit=${this.#save} @keydown=${this.#keyDown}>
			<h2 id="settings-title">${t("Settings")}</h2>
			<div class="fields">
				<div class="field">
					<label for="setting-systemPrompt">${settingWords.systemPrompt.label()}</label>
					<textarea
						autofocus
						dir="auto"
						id="setting-systemPrompt"
						rows="4"
						aria-describedby="about-systemPrompt"
						aria-invalid=${errors.systemPrompt ? "true" : "false"}
						.value=${live(fields.systemPrompt)}
						@input=${(event: InputEvent & { readonly target: HTMLTextAreaElement }) => {
							this.#edit({ systemPrompt: event.target.value });
						}}
					></textarea>
					${this.#renderNotes(settings, errors, "systemPrompt")}
				</div>
				${this.#renderNumber(settings, errors, fields, "maxTokens", "1")}
				${this.#renderNumber(settings, errors, fields, "temperature", "0.1")}
				${this.#renderSwitch(settings, fields, "streaming")}
				${this.#renderSwitch(settings, fields, "markdown")}
			</div>
			<div class="buttons">
				<button
					type="button"
					class="link"
					title=${t("Open all settings of this extension in the Settings editor")}
					@click=${() => {
						this.send({ type: "openVsCodeSettings" });
					}}
				>
					${t("All Settings")}
				</button>
				<vscode-button type="submit">${t("Save")}</vscode-button>
				<vscode-button secondary @click=${this.#cancel}>${t("Cancel")}</vscode-button>
			</div>
		</form>`;
	}

	#renderNumber(
		settings: SettingsState,
		errors: SettingsErrors,
		fields: SettingsFields,
		key: NumberKey,
		step: string,
	): TemplateResult {
		return html`<div class="field">
			<label for="setting-${key}">${settingWords[key].label()}</label>
			<input
				id="setting-${key}"
				type="number"
				min=${settingRanges[key].min}
				max=${settingRanges[key].max}
				step=${step}
				aria-describedby="about-${key}"
				aria-invalid=${errors[key] ? "true" : "false"}
				.value=${live(fields[key])}
				@input=${(event: InputEvent & { readonly target: HTMLInputElement }) => {
					this.#edit({ [key]: event.target.value });
				}}
			/>
			${this.#renderNotes(settings, errors, key)}
		</div>`;
	}

	#renderSwitch(settings: SettingsState, fields: SettingsFields, key: SwitchKey): TemplateResult {
		return html`<div class="field switch">
			<input
				id="setting-${key}"
				type="checkbox"
				aria-describedby="about-${key}"
				.checked=${live(fields[key])}
				@change=${(event: Event & { readonly target: HTMLInputElement }) => {
					this.#edit({ [key]: event.target.checked });
				}}
			/>
			<label for="setting-${key}">${settingWords[key].label()}</label>
			${this.#renderNotes(settings, {}, key)}
		</div>`;
	}

	/** The description of a field, its error, and a note if a workspace overrides it. */
	#renderNotes(settings: SettingsState, errors: SettingsErrors, key: Key) {
		const name = nameInEditor(key);
		return html`<div class="notes" id="about-${key}">
			${
				errors[key]
					? html`<p class="error">${errors[key]}</p>`
					: html`<p>${settingWords[key].about()}</p>
							${name === "" ? nothing : html`<p>${t("In the Settings editor: {0}", name)}</p>`}`
			}
			${
				settings.overriddenByWorkspace.includes(key)
					? html`<p class="override">
							${t("This workspace uses another value: {0}.", shownValue(settings.effective[key]))}
						</p>`
					: nothing
			}
		</div>`;
	}

	#edit(change: Partial<SettingsFields>): void {
		this.edited = { ...this.edited, ...change };
	}

	readonly #save = (event: Event): void => {
		event.preventDefault();
		if (!this.settings) {
			return;
		}
		const parsed = readForm({ ...fieldsOf(this.settings.user), ...this.edited });
		if (parsed.kind === "valid") {
			this.send({ type: "saveSettings", settings: parsed.settings });
			this.dialog.close();
		} else {
			this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		}
	};

	readonly #cancel = (): void => {
		this.dialog.close();
	};

	/** Enter in a single-line field saves, as in a native form. */
	readonly #keyDown = (event: KeyboardEvent): void => {
		if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
			this.#save(event);
		}
	};
}

function shownValue(value: ChatSettings[Key]): string {
	if (typeof value === "boolean") {
		return value ? "on" : "off";
	}
	return typeof value === "number" ? formatCount(value) : `“${value}”`;
}
