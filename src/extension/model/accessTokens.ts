import { window, type SecretStorage } from "vscode";
import type { TokenQuestion, TokenStore } from "../download/modelFetcher";
import { t } from "../../wording/localize";

/** The form of a Hugging Face token. */
const tokenExample = "hf_…";

/** Stores access tokens for model hosts in VS Code's secret storage. Asks the user when a host requires one. */
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
			title: t("Access Token for {0}", host),
			prompt: isRefused
				? t(
						"{0} refused your access token for this model. Accept the model’s license at {1}, or enter another token.",
						host,
						page,
					)
				: t(
						"This model is gated. Accept its license at {0}, then enter your token. It is kept in the key store of this machine, and sent only to {1}.",
						page,
						host,
					),
			placeHolder: tokenExample,
			password: true,
			ignoreFocusOut: true,
			validateInput: (value) =>
				/^[\x21-\x7e]+$/.test(value.trim()) ? undefined : t("A token contains no spaces."),
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
