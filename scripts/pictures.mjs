// npm run pictures
// Takes the pictures of the README and of the walkthrough in a real VS Code, and writes them to docs/images and
// media/walkthrough. Paths of this machine are replaced.
import { build } from "./lib/build.mjs";
import { installVsCode } from "./lib/installVsCode.mjs";
import { main } from "./lib/main.mjs";
import { runTier } from "./lib/runTier.mjs";
import { pictures } from "./lib/testTiers.mjs";

await main(async () => {
	await installVsCode();
	await build("--tests", pictures.name);
	const { failed } = await runTier(pictures);
	return failed === 0 ? 0 : 1;
});
