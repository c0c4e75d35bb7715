import assert from "node:assert/strict";
import { until } from "../support/until";
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

		it("greets in Spanish, and says what came of an answer", async () => {
			const { chat } = window();
			await chat.text("Chatea con un modelo en tu equipo").waitFor();
			await chat.text("Se carga con tu primer mensaje").waitFor();
			await window().screenshot("spanish-empty");
			await chat.send("Who are you?");
			await chat.text("I am a tiny demo model").waitFor();
			await chat.text(/\d+ tokens · [\d.,]+ tokens\/s/).waitFor();
			await chat.button("Regenerar").waitFor();
			await window().screenshot("spanish-answer");
		});

		it("has the settings dialog in Spanish", async () => {
			const { chat } = window();
			await chat.button("Configuración").click();
			await chat.text("Máximo de tokens nuevos").waitFor();
			await window().screenshot("spanish-settings");
			await chat.button("Cancelar").click();
		});

		it("says in Spanish why the model cannot be loaded, and what to do", async () => {
			const { chat } = window();
			await window().editMachineSettings({ "localLlm.model": "/models/missing.gguf" });
			await until("the chat names the model", async () =>
				(await chat.status.innerText()).includes("missing"),
			);
			await chat.send("Who are you?");
			await chat
				.text(
					"El archivo de modelo /models/missing.gguf no existe. Restáuralo o elige otro modelo.",
				)
				.waitFor();
			await chat.button("Elegir modelo").first().waitFor();
			await window().screenshot("spanish-failure");
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
