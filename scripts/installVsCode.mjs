// npm run install:vscode
// Installs the VS Code that `npm start` and `npm test` run. Both also install it automatically.
import { installVsCode } from "./lib/installVsCode.mjs";
import { main } from "./lib/main.mjs";
import { say } from "./lib/progress.mjs";

await main(async () => {
	await installVsCode();
	say("VS Code is installed.");
});
