/** The view in the side bar, as the manifest declares it. */
export const chatViewId = "localLlm.chat";

/** The kind of the editor tab; the manifest's activation event names it too. */
export const chatPanelType = "localLlm.chatEditor";

/** VS Code's own command that opens the side bar's view with the keyboard in it. */
export const focusChatView = `${chatViewId}.focus`;
