// npm run words [-- --summary] [FILE_OR_FOLDER…]
// Checks the prose of the documents, the UI, comments, and test titles: sentence length, plain phrases, American spelling,
// and the UI's punctuation. With --summary, prints only how many findings each file has.
import { parseArgs } from "node:util";
import { main } from "./lib/main.mjs";
import { describeFinding, findingsIn, summarize } from "./lib/words/findings.mjs";
import { proseFiles, readPassages } from "./lib/words/proseFiles.mjs";

await main(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { summary: { type: "boolean", default: false } },
	});
	const files = await proseFiles(positionals);
	const findings = (await Promise.all(files.map(readPassages))).flatMap(findingsIn);
	const lines = values.summary ? summarize(findings) : findings.map(describeFinding);
	process.stdout.write(
		`${[...lines, `${files.length} files, ${findings.length} findings`].join("\n")}\n`,
	);
	return findings.length === 0 ? 0 : 1;
});
