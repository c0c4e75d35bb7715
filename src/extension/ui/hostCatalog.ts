import { env, l10n } from "vscode";
import type * as Catalog from "../../wording/catalog";

/*
 * Takes the place of `src/wording/catalog.ts` in the host's bundles: VS Code has loaded the translation before it
 * activates the extension, and all bundles share it.
 */

/** Returns English where VS Code runs in a language that we have no translation for: so our sentences are in English. */
export const language: typeof Catalog.language = () => (l10n.bundle ? env.language : "en");

export const translate: typeof Catalog.translate = (message, values) => l10n.t(message, ...values);
