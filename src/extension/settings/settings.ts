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

/** VS Code's settings of this extension, read here and nowhere else. */
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

	/** What is in force. VS Code leaves out what an untrusted workspace may not set. */
	get current(): Settings {
		return this.#current;
	}

	/** What the chat's dialog shows. */
	get chat(): SettingsState {
		return this.#chat;
	}

	/** Tells the keys whose value in force changed; none, if only a user value below a workspace's did. */
	readonly onDidChange = this.#changed.event;

	/** How to reach hosts of models: our settings and VS Code's own. */
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

	/** Writes the dialog's settings at user level; keys that keep their value are left alone. */
	async saveChat(settings: ChatSettings): Promise<void> {
		for (const key of chatSettingKeys) {
			if (settings[key] !== this.#chat.user[key]) {
				await this.#write(key, settings[key]);
			}
		}
	}

	/** Chooses the model at user level: an absolute path, an `hf:` URI or an https URL. */
	async saveModel(model: string): Promise<void> {
		await this.#write("model", model);
	}

	/** @param thinking how much models think, at user level */
	async saveThinking(thinking: Thinking): Promise<void> {
		await this.#write("thinking", thinking);
	}

	/** @param contextTokens that the model sees at once, from the next load on */
	async saveContextSize(contextTokens: number): Promise<void> {
		await this.#write("contextSize", contextTokens);
	}

	/** Has the processor compute from the next load on. */
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
			// VS Code says in a sentence what is wrong, such as a settings.json with a syntax error.
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
			// A value that VS Code ignores, as a restricted one in an untrusted workspace, overrides nothing.
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
