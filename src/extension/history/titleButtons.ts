import { ThemeIcon, type QuickInputButton } from "vscode";
import type { ChatSummary } from "../conversation/chatLibrary";
import { t } from "../../wording/localize";

/** The choice that the user made in the history. */
export type HistoryAnswer =
	| { readonly kind: "open"; readonly chat: ChatSummary }
	| { readonly kind: "newChat" }
	| { readonly kind: "command"; readonly id: "localLlm.importChats" | "localLlm.exportAllChats" };

/** A button in the title of the history. `deleted` shows the deleted chats, without closing the history. */
export interface TitleButton extends QuickInputButton {
	readonly answer: HistoryAnswer | { readonly kind: "deleted" };
}

export function titleButtons(): readonly TitleButton[] {
	return [
		titleButton("add", t("New Chat"), { kind: "newChat" }),
		titleButton("desktop-download", t("Import Chats"), {
			kind: "command",
			id: "localLlm.importChats",
		}),
		titleButton("export", t("Export All Chats"), {
			kind: "command",
			id: "localLlm.exportAllChats",
		}),
		titleButton("archive", t("Recently Deleted"), { kind: "deleted" }),
	];
}

function titleButton(icon: string, tooltip: string, answer: TitleButton["answer"]): TitleButton {
	return { iconPath: new ThemeIcon(icon), tooltip, answer };
}

export function isTitleButton(button: QuickInputButton): button is TitleButton {
	return "answer" in button;
}
