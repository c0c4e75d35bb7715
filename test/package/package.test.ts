import assert from "node:assert/strict";
import { makePackage } from "../../scripts/lib/makePackage.mjs";
import { checkPackage } from "../../scripts/lib/packageContents.mjs";
import { chooseTarget, ownTarget } from "../../scripts/lib/packageTargets.mjs";
import { knownAnswer } from "../e2e/support/knownAnswers";
import { VsCodeWindow } from "../e2e/support/vsCodeWindow";

describe(`The package for ${ownTarget}`, () => {
	const target = chooseTarget(ownTarget);
	let packageFile = "";

	before(async () => {
		packageFile = await makePackage(target);
	});

	it("holds what ships and nothing else, within its budget", async () => {
		const { packedBytes } = await checkPackage(packageFile, target);
		assert.ok(packedBytes <= target.packedBytesLimit);
	});

	it("answers in a VS Code that has nothing else of the product", async () => {
		const window = await VsCodeWindow.open({ packageFile });
		try {
			const answer = await window.chat.ask("Who are you?");
			assert.equal(await window.chat.copy(answer), knownAnswer("Who are you?"));
			assert.match(await window.chat.status.innerText(), /CPU, \d+ threads?/);
		} catch (error) {
			await window.report("package");
			throw error;
		} finally {
			await window.close();
		}
	});
});
