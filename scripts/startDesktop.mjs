// npm run start:desktop [-- --model PATH_OR_URI] [-- --folder DIR] [-- --profile DIR]
// Opens the extension, the demo model, and a sample workspace in desktop VS Code, which the first run downloads.
import { spawn } from "node:child_process";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { build } from "./lib/build.mjs";
import { main } from "./lib/main.mjs";
import { chatOpener, root, vsCodeTestFolder } from "./lib/paths.mjs";
import { prepareProfile, profileIn } from "./lib/profile.mjs";
import { ending } from "./lib/shell.mjs";
import { readTryOut } from "./lib/tryOut.mjs";

await main(async () => {
	const { folder, profileFolder, user, machine } = await readTryOut("desktop-profile");
	await build();
	const executable = await downloadAndUnzipVSCode({ cachePath: vsCodeTestFolder });
	const profile = profileIn(profileFolder);
	// Desktop VS Code keeps machine-scoped settings with the user's.
	await prepareProfile(profile, { user: { ...user, ...machine } });
	const code = spawn(
		executable,
		[
			folder,
			`--extensionDevelopmentPath=${root}`,
			`--extensionDevelopmentPath=${chatOpener}`,
			`--user-data-dir=${profile.userDataFolder}`,
			`--extensions-dir=${profile.extensionsFolder}`,
			"--disable-workspace-trust",
		],
		{ stdio: "inherit" },
	);
	return (await ending(code)) === "0" ? 0 : 1;
});
