import path from "node:path";

/** The root of the repository. npm runs scripts and tests there. */
export const root = process.cwd();

/** Files, profiles, and downloads of the VS Code that runs here. Git ignores the folder. */
export const vsCodeTestFolder = path.join(root, ".vscode-test");

export const demoModelFile = path.join(root, "test/fixtures/demo-model/tiny-chat.gguf");

export const sampleWorkspace = path.join(root, "test/fixtures/workspace");

/** An extension that opens the chat when VS Code has started, for trying out the chat. */
export const chatOpener = path.join(root, "scripts/openChatAtStart");
