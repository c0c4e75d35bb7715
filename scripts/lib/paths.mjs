import path from "node:path";

/** The repository. Scripts and tests run from there, as npm does it. */
export const root = process.cwd();

/** What running VS Code here needs: its files, profiles, downloads. Ignored by git. */
export const vsCodeTestFolder = path.join(root, ".vscode-test");

export const demoModelFile = path.join(root, "test/fixtures/demo-model/tiny-chat.gguf");

export const sampleWorkspace = path.join(root, "test/fixtures/workspace");

/** An extension that opens the chat when VS Code has started: only for trying the chat out. */
export const chatOpener = path.join(root, "scripts/openChatAtStart");
