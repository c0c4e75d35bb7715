import assert from "node:assert/strict";
import { makePackage } from "../../scripts/lib/makePackage.mjs";
import { checkPackage } from "../../scripts/lib/packageContents.mjs";
import { chooseTarget, ownTarget } from "../../scripts/lib/packageTargets.mjs";
import { skipBecause } from "../support/skipBecause";
import { softwareVulkan, useEnvironment } from "../support/models/softwareVulkan";
import { knownAnswer } from "../e2e/support/knownAnswers";
import { VsCodeWindow } from "../e2e/support/vsCodeWindow";

describe(`The package for ${ownTarget}`, () => {
	const target = chooseTarget(ownTarget);
	let packageFile = "";

	before(async () => {
		packageFile = await makePackage(target);
	});

	it("contains what ships and nothing else, within its budget", async () => {
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

	it("answers on a GPU, which the device report names with its layers", async function () {
		let restore: () => void;
		try {
			restore = useEnvironment(await softwareVulkan());
		} catch (error) {
			skipBecause(this, error instanceof Error ? error.message : String(error));
		}
		const window = await VsCodeWindow.open({ packageFile }).finally(restore);
		try {
			const { chat, workbench } = window;
			// A software GPU compiles llama.cpp's shaders the first time.
			const answer = await chat.ask("Who are you?", 240_000);
			assert.equal(await chat.copy(answer), knownAnswer("Who are you?"));
			assert.match(await chat.status.innerText(), /Vulkan$/);
			await workbench.runCommand("Local LLM: Show Device Report");
			await workbench.preview.getByText(/Layers: 6 of 6 on the GPU/).waitFor();
			await workbench.preview.getByText(/Device: Vulkan, llvmpipe/).waitFor();
		} catch (error) {
			await window.report("package-vulkan");
			throw error;
		} finally {
			await window.close();
		}
	});
});
