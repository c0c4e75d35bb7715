import { window } from "vscode";
import { objectionToTitle } from "../conversation/title";

/** Asks what a conversation is to be called. @returns `undefined` if the person thought better of it. */
export async function askTitle(current: string): Promise<string | undefined> {
	return window.showInputBox({
		title: "Rename Chat",
		value: current,
		ignoreFocusOut: true,
		validateInput: objectionToTitle,
	});
}
