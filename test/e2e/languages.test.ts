import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";

describeInVsCode(
	"VS Code in Spanish",
	{ language: { id: "es", openChat: "Local LLM: Open Chat", message: "Mensaje" } },
	(window) => {
		it("has the chat in Spanish", async () => {
			const { messageBox } = window().chat;
			assert.equal(await messageBox.getAttribute("placeholder"), "Haz una pregunta");
			assert.equal(
				await messageBox.evaluate((box) => box.ownerDocument.documentElement.lang),
				"es",
			);
		});
	},
);
