import { ConfigurationTarget, workspace } from "vscode";
import type { ChatSettings, SettingsState } from "../../protocol/chat/chat";
import type { NetworkSettings } from "../../protocol/download/download";
import type { Thinking } from "../../protocol/chat/thinking";
import type { Disposable } from "../base/disposableStore";
import { networkSettings } from "../download/networkSettings";
import { Emitter } from "../base/emitter";
import {
	chatSettingKeys,
	chatSettingsOf,
	parseSettings,
	settingKeys,
	type Settings,
} from "./settingsSchema";
import { UserError } from "../base/userError";

const section = "localLlm";

type SettingKey = keyof Settings;

/** Reads and writes the settings of this extension. No other code reads them. */
export class SettingsStore implements Disposable {
	#current = readEffective();
	#chat = readChatSettings();
	readonly #changed = new Emitter<readonly SettingKey[]>();
	readonly #subscription: Disposable;

	constructor() {
		this.#subscription = workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration(section)) {
				this.#refresh();
			}
		});
	}

	/** The effective settings. VS Code leaves out values that an untrusted workspace may not set. */
	get current(): Settings {
		return this.#current;
	}

	/** The settings that the dialog of the chat shows. */
	get chat(): SettingsState {
		return this.#chat;
	}

	/**
	 * Fires with the keys whose effective value changed. The list is empty if only a user value changed that a workspace
	 * overrides.
	 */
	readonly onDidChange = this.#changed.event;

	/** Returns the network settings for downloads: those of this extension, and the proxy settings of VS Code. */
	network(): NetworkSettings {
		const http = workspace.getConfiguration("http");
		return networkSettings(
			{
				modelEndpoint: this.#current.modelEndpoint,
				proxySupport: http.get("proxySupport"),
				proxy: http.get("proxy"),
				noProxy: http.get("noProxy"),
				proxyAuthorization: http.get("proxyAuthorization"),
				proxyStrictSSL: http.get("proxyStrictSSL"),
			},
			process.env,
		);
	}

	/** Writes the settings of the dialog at user level. Does not write unchanged values. */
	async saveChat(settings: ChatSettings): Promise<void> {
		for (const key of chatSettingKeys) {
			if (settings[key] !== this.#chat.user[key]) {
				await this.#write(key, settings[key]);
			}
		}
	}

	/** Saves the model at user level. @param model an absolute path, an `hf:` URI, or an https URL */
	async saveModel(model: string): Promise<void> {
		await this.#write("model", model);
	}

	/** Saves at user level how much models think. */
	async saveThinking(thinking: Thinking): Promise<void> {
		await this.#write("thinking", thinking);
	}

	/** Saves the context size at user level, in tokens. Takes effect with the next load. */
	async saveContextSize(contextTokens: number): Promise<void> {
		await this.#write("contextSize", contextTokens);
	}

	/** Turns off the GPU at user level. Takes effect with the next load. */
	async turnGpuOff(): Promise<void> {
		await this.#write("gpu", "off");
	}

	dispose(): void {
		this.#subscription.dispose();
	}

	async #write(key: SettingKey, value: unknown): Promise<void> {
		try {
			await workspace.getConfiguration(section).update(key, value, ConfigurationTarget.Global);
		} catch (error) {
			// The message of VS Code is a sentence, for example about a syntax error in settings.json.
			throw new UserError(error instanceof Error ? error.message : String(error));
		} finally {
			this.#refresh();
		}
	}

	#refresh(): void {
		const before = this.#current;
		const chatBefore = this.#chat;
		this.#current = readEffective();
		this.#chat = readChatSettings();
		const changed = settingKeys.filter((key) => before[key] !== this.#current[key]);
		if (changed.length > 0 || JSON.stringify(chatBefore) !== JSON.stringify(this.#chat)) {
			this.#changed.fire(changed);
		}
	}
}

function readEffective(): Settings {
	const configuration = workspace.getConfiguration(section);
	return parseSettings(read((key) => configuration.get(key)));
}

function readChatSettings(): SettingsState {
	const configuration = workspace.getConfiguration(section);
	const userValue = (key: SettingKey): unknown => {
		const values = configuration.inspect(key);
		return values?.globalValue ?? values?.defaultValue;
	};
	const effective = readEffective();
	return {
		effective: chatSettingsOf(effective),
		thinking: effective.thinking,
		user: chatSettingsOf(parseSettings(read(userValue))),
		overriddenByWorkspace: chatSettingKeys.filter((key) => {
			const values = configuration.inspect(key);
			const workspaceValue = values?.workspaceFolderValue ?? values?.workspaceValue;
			// A value that VS Code ignores, such as a restricted one in an untrusted workspace, overrides nothing.
			return workspaceValue !== undefined && configuration.get(key) === workspaceValue;
		}),
	};
}

function read(valueOf: (key: SettingKey) => unknown): Record<SettingKey, unknown> {
	return Object.fromEntries(settingKeys.map((key) => [key, valueOf(key)])) as Record<
		SettingKey,
		unknown
	>;
}
