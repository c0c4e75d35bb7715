import { window, type SecretStorage } from "vscode";
import type { TokenQuestion, TokenStore } from "../download/modelFetcher";

/** Access tokens for hosts of models, kept by VS Code in the system's key store, asked for when a host wants one. */
export class AccessTokens implements TokenStore {
	readonly #secrets: SecretStorage;

	constructor(secrets: SecretStorage) {
		this.#secrets = secrets;
	}

	async get(host: string): Promise<string | undefined> {
		return this.#secrets.get(keyOf(host));
	}

	async ask({ host, page, isRefused }: TokenQuestion): Promise<boolean> {
		const text = await window.showInputBox({
			title: `Access Token for ${host}`,
			prompt: isRefused
				? `${host} refused the token for this model. Agree to its licence at ${page}, or enter another token.`
				: `${host} gives this model to accounts that agreed to its licence at ${page}. The token is kept in this machine's key store and sent to ${host} only.`,
			placeHolder: "hf_…",
			password: true,
			ignoreFocusOut: true,
			validateInput: (value) =>
				/^[\x21-\x7e]+$/.test(value.trim()) ? undefined : "A token has no blanks.",
		});
		if (text === undefined) {
			return false;
		}
		await this.#secrets.store(keyOf(host), text.trim());
		return true;
	}
}

function keyOf(host: string): string {
	return `accessToken:${host}`;
}
