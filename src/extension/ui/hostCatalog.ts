import { env, l10n } from "vscode";
import type * as Catalog from "../../wording/catalog";

/*
 * Replaces `src/wording/catalog.ts` in the host's bundles. VS Code loads the translation before it activates the
 * extension, and all bundles share it.
 */

/**
 * Returns English if the extension has no translation into VS Code's language, because its sentences are English then.
 */
export const language: typeof Catalog.language = () => (l10n.bundle ? env.language : "en");

export const translate: typeof Catalog.translate = (message, values) => l10n.t(message, ...values);
