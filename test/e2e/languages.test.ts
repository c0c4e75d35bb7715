import assert from "node:assert/strict";
import { describeInVsCode } from "./support/describeInVsCode";

describeInVsCode(
	"VS Code in Spanish",
	{ language: { id: "es", openChat: "Local LLM: Abrir chat", message: "Mensaje" } },
	(window) => {
		it("has the chat in Spanish", async () => {
			const { messageBox } = window().chat;
			assert.equal(await messageBox.getAttribute("placeholder"), "Haz una pregunta");
			assert.equal(
				await messageBox.evaluate((box) => box.ownerDocument.documentElement.lang),
				"es",
			);
		});

		it("has its settings in Spanish", async () => {
			const { page, workbench } = window();
			await workbench.runCommand("Local LLM: Abrir configuración");
			await page
				.getByText("Instrucciones que el modelo recibe antes de cada chat.")
				.first()
				.waitFor();
		});
	},
);
