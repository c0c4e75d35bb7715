import { window } from "vscode";
import { objectionToTitle } from "../conversation/title";
import { t } from "../../wording/localize";

/** Asks for the new title of a chat. Returns `undefined` if the user cancels. */
export async function askTitle(current: string): Promise<string | undefined> {
	return window.showInputBox({
		title: t("Rename Chat"),
		value: current,
		ignoreFocusOut: true,
		validateInput: objectionToTitle,
	});
}
