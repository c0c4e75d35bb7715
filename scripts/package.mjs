// npm run package [-- --target TARGET…]
// Builds the VSIX of each target in out/packages, by default this machine's, and checks it.
import { parseArgs } from "node:util";
import { main } from "./lib/main.mjs";
import { makePackage } from "./lib/makePackage.mjs";
import { checkPackage } from "./lib/packageContents.mjs";
import { chooseTarget, ownTarget } from "./lib/packageTargets.mjs";
import { say } from "./lib/progress.mjs";

await main(async () => {
	const { values } = parseArgs({
		options: { target: { type: "string", multiple: true, default: [ownTarget] } },
	});
	const targets = values.target.map(chooseTarget);
	for (const target of targets) {
		const file = await makePackage(target);
		const { packedBytes, unpackedBytes, files } = await checkPackage(file, target);
		say(
			`${file}: ${megabytes(packedBytes)} packed, ${megabytes(unpackedBytes)} unpacked, ${files} files`,
		);
	}
});

/** @param {number} bytes */
function megabytes(bytes) {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
