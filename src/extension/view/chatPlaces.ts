/** The id of the side bar view in the manifest. */
export const chatViewId = "localLlm.chat";

/** The type of the editor tab. The manifest's activation event names it too. */
export const chatPanelType = "localLlm.chatEditor";

/** VS Code's command that opens and focuses the side bar view. */
export const focusChatView = `${chatViewId}.focus`;
